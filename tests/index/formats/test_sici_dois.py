"""Check that every reader keeps a DOI made of a SICI whole, however its dump writes it."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord
from index.works.matcher import join_papers

DOIS = tuple(f"10.1000/1234-5678(1987)041<{page}>2.0.co;2" for page in ("0011:mtt", "0027:mtt"))
TITLE = "Moonlit tides of the northern harbours"


def as_entity(doi: str) -> str:
    """Write a DOI as XML and HTML do."""
    return doi.replace("<", "&lt;").replace(">", "&gt;")


def as_latex(doi: str) -> str:
    """Write a DOI as BibTeX exports do."""
    return doi.replace("<", "{\\textless}").replace(">", "{\\textgreater}")


def as_math(doi: str) -> str:
    """Write a DOI as BibTeX exports of publishers do."""
    return doi.replace("<", "$<$").replace(">", "$>$")


def as_address(doi: str) -> str:
    """Write a DOI as an address."""
    return f"https://doi.org/{quote(doi, safe='/')}"


Write = Callable[[str, str], str]
"""Formats the record of a key with a DOI."""


def _bibtex(written: Callable[[str], str]) -> Write:
    return lambda key, doi: (
        f"@article{{k{key}, author={{Lee, Ann}}, title={{{TITLE}}}, journal={{Harbour Review}},"
        f" year=1987, doi={{{written(doi)}}}}}\n"
    )


def _ris(tag: str, written: Callable[[str], str] = str) -> Write:
    return lambda _, doi: (
        f"TY  - JOUR\nTI  - {TITLE}\nAU  - Lee, Ann\nPY  - 1987\n{tag}  - {written(doi)}\nER  - \n"
    )


def _json(**fields: object) -> Write:
    def write(key: str, doi: str) -> str:
        text = (
            json.dumps(fields)
            .replace('"%number%"', key)
            .replace("%key%", key)
            .replace("%title%", TITLE)
        )
        return text.replace("%url%", as_address(doi)).replace("%doi%", doi) + "\n"

    return write


WAYS: dict[str, tuple[str, Write, str]] = {
    "BibTeX": ("", _bibtex(str), ""),
    "BibTeX, LaTeX": ("", _bibtex(as_latex), ""),
    "BibTeX, formulas": ("", _bibtex(as_math), ""),
    "BibTeX, entities": ("", _bibtex(as_entity), ""),
    "BibTeX, address": ("", _bibtex(as_address), ""),
    "RIS": ("", _ris("DO"), ""),
    "RIS, entities": ("", _ris("DO", as_entity), ""),
    "RIS, address": ("", _ris("UR", as_address), ""),
    "CSV": (
        "Title,Authors,Year,DOI\n", lambda _, doi: f'{TITLE},"Lee, A.",1987,{doi}\n', "",
    ),
    "CSV, address": (
        "Title,Authors,Year,DOI\n",
        lambda _, doi: f'{TITLE},"Lee, A.",1987,{as_address(doi)}\n', "",
    ),
    "dblp": (
        '<?xml version="1.0" encoding="UTF-8"?><dblp>',
        lambda key, doi: f'<article key="a/{key}"><author>Ann Lee</author><title>{TITLE}.</title>'
        f"<year>1987</year><ee>{as_address(doi)}</ee></article>", "</dblp>",
    ),
    "PubMed": (
        "<PubmedArticleSet>",
        lambda key, doi: f"<PubmedArticle><MedlineCitation><PMID>{key}</PMID><Article>"
        f"<ArticleTitle>{TITLE}</ArticleTitle></Article></MedlineCitation><PubmedData>"
        f'<ArticleIdList><ArticleId IdType="doi">{as_entity(doi)}</ArticleId></ArticleIdList>'
        "</PubmedData></PubmedArticle>",
        "</PubmedArticleSet>",
    ),
    "Dublin Core": (
        "<OAI-PMH><ListRecords>",
        lambda key, doi: f"<record><header><identifier>oai:x:{key}</identifier></header><metadata>"
        f"<o:dc><d:title>{TITLE}</d:title><d:identifier>{as_entity(as_address(doi))}</d:identifier>"
        "</o:dc></metadata></record>", "</ListRecords></OAI-PMH>",
    ),
    "Crossref": (
        "", _json(DOI="%doi%", type="journal-article", title=["%title%"],
                  **{"is-referenced-by-count": 0, "issued": {"date-parts": [[1987]]}}), "",
    ),
    "OpenAlex": (
        "", _json(id="https://openalex.org/W10%key%", title="%title%", doi="%url%",
                  publication_year=1987, type="article", authorships=[], cited_by_count=1,
                  primary_location=None, abstract_inverted_index=None), "",
    ),
    "Semantic Scholar": (
        "", _json(corpusid="%number%", title="%title%", year=1987, externalids={"DOI": "%doi%"},
                  authors=[], citationcount=0), "",
    ),
    "own JSON lines": ("", _json(id="%key%", title="%title%", ids={"doi": "%doi%"}), ""),
}  # fmt: skip
"""What comes before the records, a record, and what comes after them."""


def read_papers(path: Path) -> list[Paper]:
    """Read a file as a build does; every record becomes a paper."""
    papers = []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        for found in form.read(stream):
            assert isinstance(found, RawRecord), found
            papers.append(normalise(found))
    return papers


def write_records(path: Path, way: str, *dois: str) -> Path:
    """Write a record for each DOI."""
    head, write, tail = WAYS[way]
    records = (write(str(number), doi) for number, doi in enumerate(dois, start=1))
    path.write_text(f"{head}{''.join(records)}{tail}", "utf-8")
    return path


@pytest.mark.parametrize("way", WAYS)
def test_a_sici_is_kept_whole(way: str, tmp_path: Path) -> None:
    """Two papers of one issue have two DOIs."""
    papers = read_papers(write_records(tmp_path / "dump", way, *DOIS))
    assert tuple(paper.ids["doi"] for paper in papers) == DOIS


@pytest.mark.parametrize("cut", ["", "<", "<0011:mtt>2.0.co", "<0011:mtt>2.0.co;", " "])
@pytest.mark.parametrize("way", ["BibTeX", "BibTeX, LaTeX", "RIS", "CSV", "own JSON lines"])
def test_a_cut_sici_is_no_id(way: str, cut: str, tmp_path: Path) -> None:
    """All papers of an issue may have it, so that it names none and joins none."""
    start = DOIS[0].partition("<")[0]
    papers = read_papers(write_records(tmp_path / "dump", way, start + cut, start + cut))
    assert not any(paper.id.startswith("doi:") for paper in papers)
    others = [Paper(f"{at}", f"Title {at}", ids=one.ids) for at, one in enumerate(papers)]
    assert len(join_papers(others)) == len(others) == 2
