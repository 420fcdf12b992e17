"""Read the authors of a JATS article, their identifiers and affiliations."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from index.formats.jats_texts import read_bare_text, remove_elements
from index.names.bodies import is_group, remove_lead
from index.normalise.identifiers import parse_orcid
from index.records import RawAuthor
from index.scanners.xml_records import read_text, read_texts
from index.text.emails import remove_mail_from_affiliation

_AUTHORS = ("", "author", "first-author", "corresp", "collab")
_EDITORS = ("editor", "guest-editor", "volume-editor")
_LABELS = frozenset(("label", "sup", "email", "institution-id", "xref", "fn", "ext-link"))
_PLACES = dict.fromkeys(
    ("institution", "addr-line", "city", "state", "country", "named-content", "institution-wrap",
     "postal-code", "break"),
    ("\n", "\n"),
)  # fmt: skip
"""Parts of an affiliation, between which a comma may be missing."""


def convert_authors(meta: Element) -> Iterator[RawAuthor]:
    """Yield the authors of an ``article-meta``, or its editors if it has no authors."""
    groups = meta.findall("contrib-group")
    found = [(one, group) for group in groups for one in group.findall("contrib")]
    affiliations = {one.get("id", ""): one for one in meta.iter("aff")}
    for kinds in (_AUTHORS, _EDITORS):
        chosen = [pair for pair in found if pair[0].get("contrib-type", "") in kinds]
        authors = [*_convert_all(chosen, affiliations)]
        if authors:
            yield from authors
            yield from _find_groups(groups, {author.name for author in authors})
            return


def _find_groups(groups: Iterable[Element], known: set[str]) -> Iterator[RawAuthor]:
    """Yield the groups on whose behalf the authors write."""
    for name in dict.fromkeys(
        remove_lead(read_bare_text(one).strip(" ,;.()"))
        for group in groups
        for one in group.iter("on-behalf-of")
    ):
        if is_group(name) and name not in known:
            yield RawAuthor(name, body=True)


def _convert_all(
    found: Iterable[tuple[Element, Element]], affiliations: dict[str, Element]
) -> Iterator[RawAuthor]:
    for contrib, group in found:
        places = [*contrib.findall("aff"), *_find_referenced(contrib, affiliations)]
        # An affiliation inside a group without references is that of all its members.
        if not places and not group.findall("contrib/xref[@ref-type='aff']"):
            places = group.findall("aff")
        read = tuple(filter(None, map(_read_affiliation, places)))
        author = _convert_name(contrib, _find_orcid(contrib), read)
        if author is not None:
            yield author


def _find_referenced(contrib: Element, affiliations: dict[str, Element]) -> Iterator[Element]:
    for reference in contrib.findall("xref"):
        for name in reference.get("rid", "").split():
            if name in affiliations:
                yield affiliations[name]


def _convert_name(
    contrib: Element, ids: dict[str, str], affiliations: tuple[str, ...]
) -> RawAuthor | None:
    name = next((one for path in _NAMES if (one := contrib.find(path)) is not None), None)
    if name is not None:
        family, given, suffix = (
            read_bare_text(name.find(tag)) for tag in ("surname", "given-names", "suffix")
        )
        if family or given:
            return RawAuthor(
                "", family or given, given if family else "", suffix, ids, affiliations
            )
        if whole := read_bare_text(name):
            return RawAuthor(whole, ids=ids, affiliations=affiliations)
    body = next(contrib.iter("collab"), None)
    if body is None and name is None:
        body = contrib.find("institution")
    if body is not None and (written := read_bare_text(body)):
        return RawAuthor(written, ids=ids, affiliations=affiliations, body=True)
    return None


_NAMES = ("name", "name-alternatives/name", "string-name", "name-alternatives/string-name")
"""Where a contributor's name is; the first of several alternatives counts."""


def _find_orcid(contrib: Element) -> dict[str, str]:
    stated = [
        one for one in contrib.findall("contrib-id") if "orcid" in one.get("contrib-id-type", "")
    ]
    links = [*read_texts(contrib, "uri"), *read_texts(contrib, "ext-link")]
    texts = [*map(read_text, stated), *(one for one in links if "orcid.org" in one)]
    found = next(filter(None, map(parse_orcid, texts)), "")
    return {"orcid": found} if found else {}


def _read_affiliation(place: Element) -> str:
    """Return an affiliation; SciELO gives its whole text beside the parts, which repeat it."""
    remove_elements(place, _LABELS)
    original = place.find("institution[@content-type='original']")
    place = place if original is None else original
    parts = (" ".join(one.split()).strip(" ,;") for one in read_text(place, _PLACES).split("\n"))
    return remove_mail_from_affiliation(", ".join(dict.fromkeys(filter(None, parts))))
