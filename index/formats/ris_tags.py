"""Split the lines of RIS, Web of Science's and RefWorks' files into tag and text.

Each format is described by a layout. Real files take liberties with RIS: tags in lower case, one or
three spaces, tabs, another dash or none. A line is read as a tag where it can be nothing else; if
the first line of a record takes a liberty, its other lines may take the same ones.
"""

import re
from collections.abc import Iterable

from index.scanners.head import Head
from index.scanners.tagged_records import Fields, Layout, SplitLine, parse_fields

_B = "[ \t\u00a0]"
_D = "[-\u2010-\u2014\u2212]"
_STRICT = re.compile(
    rf"([A-Za-z][A-Z0-9a-z](?:[A-Z0-9]{{1,2}}(?={_B}{{2}}))?)"
    rf"(?:{_B}{{2,4}}{_D}|{_B}{_D}(?={_B}|$)){_B}*(.*)",
    re.DOTALL,
)
_LOOSE = re.compile(rf"{_B}*([A-Za-z][A-Za-z0-9]){_B}{{0,4}}{_D}(?={_B}|$){_B}*(.*)", re.DOTALL)
_UNDASHED = re.compile(rf"([A-Z][A-Z0-9])(?:{_B}{{2,}}|\t)(?=\S)(.*)", re.DOTALL)
_TAGS = frozenset(
    "TY A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP EA ED "
    "EP ER ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP "
    "SE SN SP ST T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2 YR".split()
)
"""The tags that are known without a dash, or in lower case; any other tag needs both."""

_TY = rf"{_B}*(?i:TY)(?:{_B}{{0,4}}{_D}(?:{_B}|\s*$)|{_B}{{2,4}}(?:{_D}|[A-Z]{{3,6}}\s*$))"
_BEGINS = re.compile(rf"{_TY}|PT [A-Z]\s*$")
_ENDS = re.compile(rf"{_B}*(?:ER{_B}*|(?i:er){_B}{{0,4}}(?={_D}))(?:{_D}\W*\d*)?\s*$")
_BLANKS = " \t\u00a0"
_STARTS = frozenset(
    ["PT", *(a + b for pair in ("Tt Yy", "Ee Rr") for a in pair[:2] for b in pair[3:])]
    + [blank + after for blank in _BLANKS for after in _BLANKS + "TtEe"]
)
"""The first two characters of lines that `_BEGINS` and `_ENDS` match."""

_WOS = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)", re.DOTALL)
_AROUND_WOS = frozenset(("FN", "VR", "EF"))
"""Tags before the first and after the last record of Web of Science's files."""

_REFWORKS_BEGINS = re.compile(r"RT [A-Z][A-Za-z]{3}")
_REFWORKS = {
    "RT": "TY", "YR": "PY", "FD": "DA", "VO": "VL", "OP": "EP", "K1": "KW", "LK": "UR", "UL": "UR",
    "NO": "N1", "ED": "ET", "OT": "TT",
}  # fmt: skip
"""The tags of RIS for those that RefWorks names otherwise."""

_HEAD_RIS = re.compile(
    rb"(?:^|[\r\n])[ \t]*(?i:TY)(?:[ \t]|\xc2\xa0){0,4}(?:-|\xe2\x80[\x90-\x94])?[ \t]*"
    rb"[A-Za-z][\w /(),-]{1,40}\s*[\r\n]+\s*[A-Za-z][A-Za-z0-9](?:[ \t]|\xc2\xa0){1,4}"
    rb"(?:-|\xe2\x80[\x90-\x94])"
)
_HEAD_CODE = re.compile(rb"(?:^|[\r\n])TY {1,2}- ?(?:[A-Z]{3,6})?[ \t]*[\r\n]")
_HEAD_WOS = re.compile(rb"(?:FN [^\r\n]*[\r\n]+(?:VR [^\r\n]*[\r\n]+)?)?PT [A-Z][ \t]*[\r\n]")
_HEAD_REFWORKS = re.compile(rb"(?:^|[\r\n])RT [A-Z][A-Za-z]{3}[^\r\n]{0,40}[\r\n]+[A-Z][A-Z0-9] \S")
_HEAD_FIELD = re.compile(rb"[A-Z][A-Z0-9]  - \S")
_HEAD_TITLE = re.compile(rb"[\r\n](?:TI|T1)  - [^\r\n]")
_HEAD_END = re.compile(rb"[\r\n]ER  ?-[ \t]*(?:[\r\n]|$)")
_HEAD_TYPE = re.compile(rb"(?:^|[\r\n])[ \t]*(?:(?i:TY)[ \t-]|PT [A-Z])")
_HEAD_BYTES = 4096
"""The first record begins within this many bytes; its maker's name may precede it."""


def split_ris_line(text: str) -> tuple[str, str] | None:
    """Split a line of a record that keeps the form of RIS: two letters, two spaces, a dash."""
    found = _STRICT.match(text)
    if found:
        tag = found[1].upper()
        return (tag, found[2]) if tag == found[1] or tag in _TAGS else None
    found = _UNDASHED.match(text)
    return (found[1], found[2]) if found and found[1] in _TAGS else None


def _split_loose_line(text: str) -> tuple[str, str] | None:
    found = _LOOSE.match(text)
    return (found[1].upper(), found[2]) if found else split_ris_line(text)


def split_wos_line(text: str) -> tuple[str, str] | None:
    """Split a line of Web of Science, whose tags have one space and no dash after them."""
    found = _WOS.match(text)
    return (found[1], found[2] or "") if found else None


def split_refworks_line(text: str) -> tuple[str, str] | None:
    """Split a line of RefWorks; the tag is that of RIS."""
    found = split_wos_line(text)
    return (_REFWORKS.get(found[0], found[0]), found[1]) if found else None


def _split_stray_line(text: str) -> tuple[str, str] | None:
    """Split a line that is in no record."""
    found = split_ris_line(text) or split_wos_line(text)
    return None if found is None or found[0] in _AROUND_WOS else found


LAYOUT = Layout(
    begins=_BEGINS,
    splits=_split_stray_line,
    titles=frozenset(("TI", "T1", "CT", "BT")),
    ends=_ENDS,
    starts=_STARTS,
)
"""RIS and Web of Science; one file may hold records of both."""

REFWORKS = Layout(
    begins=_REFWORKS_BEGINS, splits=split_refworks_line, titles=frozenset(("TI", "T1"))
)


def parse_ris(lines: Iterable[str]) -> Fields:
    """Parse a record of RIS; its first line says which form the others have."""
    lines = list(lines)
    strict = _STRICT.match(lines[0].rstrip()) and lines[0].startswith("TY")
    splits: SplitLine = split_ris_line if strict else _split_loose_line
    return parse_fields(lines, splits, _TAGS)


def is_web_of_science(line: str) -> bool:
    """Return whether the first line of a record is that of Web of Science."""
    return line.startswith("PT ")


def is_refworks(beginning: bytes) -> bool:
    """Return whether a file is in the format of RefWorks."""
    return bool(_HEAD_REFWORKS.search(beginning[:_HEAD_BYTES]))


def lacks_types(beginning: bytes) -> bool:
    """Return whether a file has records of RIS that end with ER but do not begin with TY."""
    if not _HEAD_FIELD.match(beginning) or _HEAD_TYPE.search(beginning):
        return False
    return bool(_HEAD_TITLE.search(beginning) and _HEAD_END.search(beginning))


def recognises(head: Head) -> bool:
    """Return whether a file begins with a record of RIS, Web of Science or RefWorks."""
    if head.start in (b"", b"{", b"[", b"<", b"@", b"%"):
        return False
    text = head.beginning[:_HEAD_BYTES]
    known = _HEAD_WOS.match(text) or _HEAD_CODE.search(text) or _HEAD_RIS.search(text)
    return bool(known) or is_refworks(text) or lacks_types(head.beginning)
