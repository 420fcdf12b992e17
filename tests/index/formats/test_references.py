"""Check what readers find of the works that a record cites."""

from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats.registry import recognise_format
from index.records import RawRecord, Reject
from tests.support.planted_samples import KINDS
from tests.support.rich_samples import find_sample, read_header

CITED = {
    "own JSON lines": ("doi:10.1000/x", "arxiv:2006.04779", "x1"),
    "OpenAlex": ("openalex:W1", "openalex:W2"),
    "Semantic Scholar API": ("s2:77 doi:10.1000/S2.1 s2:0c1d", "s2:0c2d"),
    "Crossref": ("doi:10.1/x", "arxiv:2006.04779", "doi:10.1000/newer"),
    "DataCite": ("doi:10.1000/cited", "arxiv:arXiv:2006.04779"),
    "DataCite XML": ("doi:10.1000/cited", "pmid:77"),
    "INSPIRE": ("inspire:41 doi:10.1000/q", "arxiv:hep-th/9901001"),
    "ADS": ("bibcode:1999Walk...1....1A", "bibcode:2001TIDE...7...11L"),
    "PubMed": ("pmid:77 doi:10.1000/w",),
    "JATS": ("doi:10.1000/cited pmid:77", "arxiv:2006.04779", "doi:10.1000/linked"),
    "OAI-PMH JATS": ("doi:10.1000/cited",),
    "Web of Science": ("doi:10.1000/cited", "arxiv:2006.04779"),
}


def read_sample(kind: str) -> RawRecord | Reject:
    """Read the sample with many fields of a kind."""
    known = KINDS[kind]
    text = find_sample(kind).read_text("utf-8").replace("%key%", "5")
    content = f"{'' if read_header(kind) else known.head}{text}{known.tail}".encode()
    stream = Stream("d.tar", known.file, BytesIO(content))
    form = recognise_format(stream)
    assert form is not None
    (found,) = form.read(stream)
    return found


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_record_names_its_references(kind: str) -> None:
    """Works without an identifier are left out; other formats name no references."""
    found = read_sample(kind)
    assert isinstance(found, RawRecord)
    assert found.references == CITED.get(kind, ())
