"""Check that each format with editors reads those of the volume that a paper is in."""

import json
from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord

ACL = """<collection id="2022.acl"><volume id="1" ingest-date="2022-05-01"><meta>
<booktitle>Proceedings of the Meeting</booktitle><editor><first>Cy</first><last>Do</last></editor>
<year>2022</year><venue>acl</venue></meta><paper id="1"><title>T</title>
<author><first>Ann</first><last>Lee</last></author>{}</paper></volume></collection>"""


def make_bibtex(fields: str, kind: str = "incollection") -> str:
    """Return an entry with an author."""
    return f"@{kind}{{a,\n title = {{T}}, author = {{Lee, Ann}},\n {fields}\n}}\n"


def make_tags(*lines: str, kind: str = "CHAP") -> str:
    """Return a RIS record with an author."""
    return "\n".join([f"TY  - {kind}", "TI  - T", "AU  - Lee, Ann", *lines, "ER  - ", ""])


def make_endnote(kind: str, people: str) -> str:
    """Return a record of EndNote XML."""
    return (
        f'<xml><records><record><ref-type name="{kind}">1</ref-type><contributors>{people}'
        "</contributors><titles><title>T</title></titles></record></records></xml>"
    )


def make_people(group: str, *names: str) -> str:
    """Return people of EndNote XML."""
    return f"<{group}>{''.join(f'<author>{name}</author>' for name in names)}</{group}>"


def make_core(*contributors: str) -> str:
    """Return a Dublin Core record."""
    people = "".join(f"<d:contributor>{name}</d:contributor>" for name in contributors)
    return (
        "<OAI-PMH><record><header><identifier>x</identifier></header><metadata><o:dc>"
        f"<d:title>T</d:title><d:creator>Lee, Ann</d:creator>{people}</o:dc></metadata></record>"
        "</OAI-PMH>"
    )


DO = {"family": "Do", "given": "Cy"}
LEE = {"family": "Lee", "given": "Ann"}
INSPIRE = {"control_number": 1, "titles": [{"title": "T"}], "document_type": ["book chapter"]}
DATACITE = {
    "data": [{"type": "dois", "attributes": {
        "doi": "10.1/x", "titles": [{"title": "T"}], "creators": [{"name": "Lee, Ann"}],
        "publicationYear": 2020, "types": {"resourceTypeGeneral": "BookChapter"},
        "contributors": [{"name": "Do, Cy", "contributorType": "Editor"},
                         {"name": "Po, Di", "contributorType": "Researcher"}]}}]}  # fmt: skip

CASES = {
    "bibtex": (make_bibtex("editor = {Do, Cy and Po, D.}"), ["Cy Do", "D. Po"]),
    "bibtex, of the volume": (
        make_bibtex("crossref = {v}") + "@proceedings{v, title = {P}, editor = {Cy Do}}\n",
        ["Cy Do"],
    ),
    "ris": (make_tags("A2  - Do, Cy", "ED  - Po, D."), ["Cy Do", "D. Po"]),
    "ris, twice": (make_tags("A2  - Do, Cy", "ED  - Do, Cy"), ["Cy Do"]),
    "ris, a series": (make_tags("A3  - Do, Cy"), []),
    "ris, a thesis": (make_tags("A2  - Do, Cy", kind="THES"), []),
    "csl": (json.dumps([{"id": "a", "type": "chapter", "title": "T", "author": [LEE],
                         "editor": [DO, {"literal": "The Tide Board"}]}]),
            ["Cy Do", "The Tide Board"]),
    "crossref": (json.dumps({"items": [{"DOI": "10.1/x", "title": ["T"], "type": "book-chapter",
                             "author": [LEE], "editor": [DO], "member": "1"}]}), ["Cy Do"]),
    "dblp": (("<dblp><incollection key='books/x/Lee20'><author>Ann Lee</author>"
             "<editor>Cy Do 0001</editor><title>T.</title></incollection></dblp>"), ["Cy Do"]),
    "acl, of the volume": (ACL.format(""), ["Cy Do"]),
    "acl, of the paper": (ACL.format("<editor><last>Po</last></editor>"), ["Po"]),
    "endnote": (make_endnote("Book Section", make_people("authors", "Lee, Ann")
                             + make_people("secondary-authors", "Do, Cy")), ["Cy Do"]),
    "endnote, a series": (make_endnote("Book", make_people("authors", "Lee, Ann")
                                       + make_people("secondary-authors", "Do, Cy")), []),
    "endnote, an edited book": (make_endnote("Edited Book", make_people("authors", "Do, Cy")),
                                ["Cy Do"]),
    "refer": ("%0 Book Section\n%A Lee, Ann\n%E Do, Cy\n%T T\n%B Tides\n", ["Cy Do"]),
    "medline": ("PMID- 7\nTI  - T\nBTI - Tides\nFAU - Lee, Ann\nFED - Do, Cy\nED  - Do C\n",
                ["Cy Do"]),
    "wos": ("FN Clarivate\nPT S\nAU Lee, A\nBE Do, C\n   Po, D\nTI T\nSO Tides\nER\n",
            ["C Do", "D Po"]),
    "table": ("Title,Authors,Editors,Document Type\nT,Ann Lee,Cy Do; Di Po,Book Chapter\n",
              ["Cy Do", "Di Po"]),
    "datacite": (json.dumps(DATACITE), ["Cy Do"]),
    "inspire": (json.dumps(INSPIRE | {"authors": [
        {"full_name": "Lee, Ann"}, {"full_name": "Do, Cy", "inspire_roles": ["editor"]}]}),
        ["Cy Do"]),
    "invenio": (json.dumps({"id": "1", "pids": {}, "metadata": {
        "title": "T", "resource_type": {"id": "publication-section"}, "publication_date": "2020",
        "creators": [{"person_or_org": {"family_name": "Lee", "given_name": "Ann"}}],
        "contributors": [{"person_or_org": {"name": "Do, Cy"}, "role": {"id": "editor"}}]}}),
        ["Cy Do"]),
    "zotero": (json.dumps([{"key": "A", "itemType": "bookSection", "title": "T", "creators": [
        {"creatorType": "author", "lastName": "Lee", "firstName": "Ann"},
        {"creatorType": "editor", "lastName": "Do", "firstName": "Cy"},
        {"creatorType": "seriesEditor", "lastName": "Po", "firstName": "Di"}]}]), ["Cy Do"]),
    "ads": (json.dumps({"response": {"docs": [{"bibcode": "2021WalkL...7...11L", "title": ["T"],
                        "author": ["Lee, Ann"], "editor": ["Do, Cy"], "doctype": "inbook"}]}}),
            ["Cy Do"]),
    "hal": (json.dumps({"response": {"docs": [{"halId_s": "hal-01", "title_s": ["T"],
                        "docType_s": "COUV", "authFullName_s": ["Ann Lee"],
                        "scientificEditor_s": ["Cy Do"]}]}}), ["Cy Do"]),
    "dublin core": (make_core("Do, Cy (ed.)", "Po, Di (Editor)", "Xu, Bo", "Xu, Al (advisor)"),
                    ["Cy Do", "Di Po"]),
    "own": (json.dumps({"id": "a", "title": "T", "editors": ["Do, Cy"]}), ["Cy Do"]),
    "own, of an appearance": (json.dumps(
        {"id": "a", "title": "T", "appearances": [{"venue": "Tides", "editors": ["Do, Cy"]}]}),
        ["Cy Do"]),
}  # fmt: skip


def read_paper(written: str) -> Paper:
    """Return the paper in a file of one."""
    stream = Stream("d", "d", BytesIO(written.encode()))
    form = recognise_format(stream)
    assert form is not None
    read = [one for one in form.read(stream) if isinstance(one, RawRecord) and not one.deleted]
    (found,) = read
    return normalise(found)


@pytest.mark.parametrize("name", CASES)
def test_editors(name: str) -> None:
    """Editors are read in their order, and no series editor, adviser or researcher with them."""
    written, expected = CASES[name]
    assert list(read_paper(written).shown.editors) == expected


def test_authors_stay_apart() -> None:
    """A paper with authors has its editors beside them; those of a volume are no authors."""
    lone = make_bibtex("crossref = {v}").replace("author = {Lee, Ann},", "")
    found = read_paper(lone + "@proceedings{v, title = {P}, editor = {Cy Do}}\n")
    assert (found.authors, found.shown.editors) == ((), ("Cy Do",))
    own = read_paper(make_bibtex("editor = {Cy Do}"))
    assert ([one.name for one in own.authors], own.shown.editors) == (["Ann Lee"], ("Cy Do",))


def test_editors_of_an_edited_book() -> None:
    """The editors of a book without authors are its authors and its editors."""
    found = read_paper("@book{a, title = {T}, editor = {Do, Cy}}\n")
    assert ([one.name for one in found.authors], found.shown.editors) == (["Cy Do"], ("Cy Do",))


def test_a_cut_list_of_inherited_editors_has_whole_names() -> None:
    """Of a long list the last name is dropped rather than cut."""
    names = " and ".join(f"Editor{'x' * 30}, N{chr(97 + at)}" for at in range(20))
    volume = f"@proceedings{{v, title = {{P}}, editor = {{{names}}}}}\n"
    editors = read_paper(make_bibtex("crossref = {v}") + volume).shown.editors
    assert 5 < len(editors) < 20
    assert all(name.endswith("x" * 30) for name in editors)
