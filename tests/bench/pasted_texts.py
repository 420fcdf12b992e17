"""Write a paper as people paste it: as a reference, a record, or the title of a browser's tab.

Each function takes a paper and an identifier that no index holds, which may be empty.
"""

from collections.abc import Callable, Mapping

from index.names.parser import Name, parse_name
from index.records import Paper

Writer = Callable[[Paper, str], str]
"""Writes a paper, with a DOI unless it is empty."""

LISTED = 6
"""Authors in a reference; more are abbreviated as ``et al.``"""


def list_names(paper: Paper) -> list[Name]:
    """Return the parsed names of the first authors."""
    return [parse_name(author.name) for author in paper.authors[:LISTED]]


def write_initials(name: Name, after: str = ".", between: str = " ") -> str:
    """Return the initials of the given names: ``J. A.``, or ``JA`` with nothing between."""
    return between.join(word[0] + after for word in name.given.split())


def _join(names: list[str], last: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{last}{names[-1]}"


def _pages(paper: Paper) -> tuple[int, int]:
    first = 11 + len(paper.title) * 7
    return first, first + 12


def _venue(paper: Paper) -> str:
    return paper.shown.venue


def write_apa(paper: Paper, doi: str) -> str:
    """Write a reference in APA style."""
    names = [f"{name.family}, {write_initials(name)}" for name in list_names(paper)]
    first, last = _pages(paper)
    address = f" https://doi.org/{doi}" if doi else ""
    place = f"In Proceedings of {_venue(paper)} (pp. {first}–{last})"
    return f"{_join(names, ', & ')} ({paper.shown.year}). {paper.title}. {place}.{address}"


def write_ieee(paper: Paper, doi: str) -> str:
    """Write a reference in IEEE style."""
    names = [f"{write_initials(name)} {name.family}" for name in list_names(paper)]
    first, last = _pages(paper)
    number = f", doi: {doi}" if doi else ""
    place = f"in Proc. {_venue(paper)}, {paper.shown.year}, pp. {first}-{last}"
    return f"[7] {_join(names, ', and ')}, “{paper.title},” {place}{number}."


def write_vancouver(paper: Paper, doi: str) -> str:
    """Write a reference in Vancouver style."""
    names = ", ".join(f"{n.family} {write_initials(n, '', '')}" for n in list_names(paper))
    more = ", et al" if len(paper.authors) > LISTED else ""
    first, last = _pages(paper)
    number = f" doi: {doi}" if doi else ""
    issue = f"{paper.shown.year};12(3):{first}-{last}"
    return f"{names}{more}. {paper.title}. {_venue(paper)}. {issue}.{number}"


def write_acm(paper: Paper, doi: str) -> str:
    """Write a reference in ACM style."""
    names = _join([f"{name.given} {name.family}" for name in list_names(paper)], ", and ")
    first, last = _pages(paper)
    address = f" https://doi.org/{doi}" if doi else ""
    year = paper.shown.year or 0
    place = f"In Proceedings of {_venue(paper)} ({_venue(paper)} '{year % 100:02d}'). ACM"
    return f"{names}. {year}. {paper.title}. {place}, New York, NY, USA, {first}–{last}.{address}"


def write_chicago(paper: Paper, doi: str) -> str:
    """Write a reference in Chicago style."""
    one, *others = list_names(paper)
    names = [f"{one.family}, {one.given}", *(f"{name.given} {name.family}" for name in others)]
    first, last = _pages(paper)
    address = f" https://doi.org/{doi}" if doi else ""
    place = f"{_venue(paper)} 12, no. 3 ({paper.shown.year}): {first}–{last}"
    return f"{_join(names, ', and ')}. “{paper.title}.” {place}.{address}"


def write_line(paper: Paper, doi: str) -> str:
    """Write a plain line of a bibliography."""
    names = [f"{name.family} {write_initials(name, '', '')}" for name in list_names(paper)]
    first, last = _pages(paper)
    number = f" doi:{doi}" if doi else ""
    place = f"{_venue(paper)} 12(3):{first}-{last}, {paper.shown.year}"
    return f"{', '.join(names)}. {paper.title}. {place}.{number}"


def write_natbib(paper: Paper, doi: str) -> str:
    """Write a reference as LaTeX's plain styles print it."""
    names = [f"{name.given} {name.family}" for name in list_names(paper)]
    more = ", et al" if len(paper.authors) > LISTED else ""
    number = f" doi: {doi}." if doi else ""
    where = f"In {_venue(paper)}, {paper.shown.year}"
    return f"{_join(names, ', and ')}{more}. {paper.title}. {where}.{number}"


def write_bibtex(paper: Paper, doi: str) -> str:
    """Write a BibTeX entry."""
    names = " and ".join(f"{name.family}, {name.given}" for name in list_names(paper))
    word = "".join(filter(str.isalnum, paper.title.split()[0].lower()))
    key = f"{parse_name(paper.authors[0].name).family.lower()}{paper.shown.year}{word}"
    number = f"  doi = {{{doi}}},\n" if doi else ""
    return (
        f"@inproceedings{{{key},\n  title={{{paper.title}}},\n  author={{{names}}},\n"
        f"  booktitle={{Proceedings of {_venue(paper)}}},\n{number}"
        f"  pages={{{_pages(paper)[0]}--{_pages(paper)[1]}}},\n  year={{{paper.shown.year}}}\n}}"
    )


def write_ris(paper: Paper, doi: str) -> str:
    """Write a RIS record."""
    names = "\n".join(f"AU  - {name.family}, {name.given}" for name in list_names(paper))
    number = f"DO  - {doi}\n" if doi else ""
    return (
        f"TY  - CONF\n{names}\nTI  - {paper.title}\nT2  - Proceedings of {_venue(paper)}\n"
        f"PY  - {paper.shown.year}\nSP  - {_pages(paper)[0]}\n{number}ER  - "
    )


STYLES: Mapping[str, Writer] = {
    "APA": write_apa,
    "IEEE": write_ieee,
    "Vancouver": write_vancouver,
    "ACM": write_acm,
    "Chicago": write_chicago,
    "line": write_line,
    "natbib": write_natbib,
    "BibTeX": write_bibtex,
    "RIS": write_ris,
}
"""The ways to write a reference, by name."""

TABS: Mapping[str, str] = {
    "arXiv": "[{arxiv}] {title}",
    "OpenReview": "{title} | OpenReview",
    "ACL Anthology": "{title} - ACL Anthology",
    "Semantic Scholar": "{title} | Semantic Scholar",
    "Google Scholar": "{title} - Google Scholar",
    "IEEE Xplore": "{title} | IEEE Conference Publication | IEEE Xplore",
    "ACM": "{title} | Proceedings of {venue}",
    "CVF": "{venue} {year} Open Access Repository: {title}",
}
"""The titles of browser tabs, by site."""


def write_tab(paper: Paper, site: str, arxiv: str) -> str:
    """Write the title of a browser's tab that shows a paper on a site."""
    shown = paper.shown
    return TABS[site].format(title=paper.title, arxiv=arxiv, venue=shown.venue, year=shown.year)
