"""Check what is found in the references of JATS articles."""

from pathlib import Path

import pytest

from index.records import RawRecord, Reject
from tests.support.dump_records import read_records

FRONT = (
    "<front><article-meta><title-group><article-title>{}</article-title></title-group>"
    "</article-meta></front>"
)


def cite(doi: str) -> str:
    """Return a reference to a work with a DOI."""
    return f'<ref><citation><pub-id pub-id-type="doi">{doi}</pub-id></citation></ref>'


@pytest.mark.parametrize(
    ("ref", "references"),
    [
        ('<citation><pub-id pub-id-type="PMID"> 7 </pub-id></citation>', ["pmid:7"]),
        ('<citation><pub-id pub-id-type="other">7</pub-id></citation>', []),
        ('<citation><pub-id pub-id-type="doi"/>Walks, 10.1000/x</citation>', ["doi:10.1000/x"]),
        (
            '<citation><uri href="https://arxiv.org/abs/2006.04779"/></citation>',
            ["arxiv:2006.04779"],
        ),
        ('<pub-id pub-id-type="pmcid">PMC7</pub-id>', ["pmc:PMC7"]),
        (
            "<label>1</label><citation>(a) 10.1000/a</citation><citation>10.1000/b</citation>",
            ["doi:10.1000/a", "doi:10.1000/b"],
        ),
        ("<note>None.</note>", []),
    ],
)
def test_a_reference_names_works(tmp_path: Path, ref: str, references: list[str]) -> None:
    """Identifiers that are marked count, else those linked, else those in the text."""
    text = f"<article>{FRONT.format('One')}<back><ref>{ref}</ref></back></article>"
    (tmp_path / "a.xml").write_text(text, "utf-8")
    (found,) = read_records(tmp_path / "a.xml", "jats")
    assert isinstance(found, RawRecord)
    assert [*found.references] == references


def test_references_belong_to_the_article_before_them(tmp_path: Path) -> None:
    """Those of a reply do not, a damaged one is left out, and one in front matter does no harm."""
    first = FRONT.format(f"One{cite('10.1000/inside')}")
    reply = f"<response>{FRONT.format('Reply')}<back>{cite('10.1000/r')}</back></response>"
    text = (
        f"<articles><article>{first}<back><ref-list>{cite('10.1000/a')}<ref><citation></ref>"
        f"{cite('10.1000/b')}</ref-list></back>{reply}</article><article>{FRONT.format('Two')}"
        f"</article><article><front/>{cite('10.1000/c')}</article></articles>"
    )
    (tmp_path / "a.xml").write_text(text, "utf-8")
    found = read_records(tmp_path / "a.xml", "jats")
    whole = [one for one in found if isinstance(one, RawRecord) and not one.deleted]
    assert [one.references for one in whole] == [("doi:10.1000/a", "doi:10.1000/b"), ()]
    assert whole[0].title.startswith("One")
    assert [one.source.record for one in found] == [1, 2, 3, 4]
    assert isinstance(found[3], Reject)
