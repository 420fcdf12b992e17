"""Write and read records of RIS and Web of Science in tests."""

from index.formats import ris
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from tests.support.dump_records import make_stream

JOURNAL = """Provider: Someone
Content: text/plain; charset="UTF-8"

TY  - JOUR
AU  - Lee, Ann
AU  - M\u00fcller, J\u00f6rg
TI  - Tides of the Inner Sea:
      a First Look
T2  - Annals of Tides
PY  - 2011/05/03/
AB  - Water comes.
Water goes.
KW  - tides
KW  - inner seas; harbours
DO  - 10.1000/Tides.1
UR  - https://example.org/tides;v=2; https://example.org/tides.pdf
LA  - English
N1  - Cited By :7
ER  -
"""

TAGGED = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lee, A
   Muller, J
AF Lee, Ann
   Muller, Jorg
TI Tides of the inner
   sea
SO ANNALS OF TIDES
LA English
DT Article; Proceedings Paper
DE tides; inner seas
ID HARBOUR
AB Water comes.
EM ann.lee@planted.org
TC 3
Z9 5
PY 2011
DI 10.1000/tides.1
PM 12345
UT WOS:000123
ER

EF
"""


def read(text: str | bytes) -> list[RawRecord | Reject]:
    """Read the records of a file."""
    return list(ris.FORMAT.read(make_stream(text)))


def read_paper(text: str) -> Paper:
    """Read the only paper of a file."""
    (found,) = read(text)
    assert isinstance(found, RawRecord), found
    return normalise(found)


def make_record(*fields: str, kind: str = "JOUR") -> str:
    """Return a record with a title and these fields."""
    return "\n".join((f"TY  - {kind}", "TI  - A Title", *fields, "ER  - ", ""))
