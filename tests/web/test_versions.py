"""Test how versions are merged, and how their places are described."""

import pytest

from index.records import Appearance, Paper
from web.versions import describe_other_versions, describe_place, list_versions


def _make_paper(*appearances: tuple[str, int | None, str]) -> Paper:
    return Paper(
        id="x", title="X", appearances=tuple(Appearance(v, "", "", y, t) for v, y, t in appearances)
    )


@pytest.mark.parametrize(
    ("appearances", "labels", "elsewhere"),
    [
        ([], [], ""),
        ([("ICML", 2020, "")], ["ICML 2020"], ""),
        ([("ICML", 2020, "a"), ("ICML", 2020, "b")], ["ICML 2020", "ICML 2020"], ""),
        ([("ICML", 2020, "a"), ("ICML", 2020, "a")], ["ICML 2020"], ""),
        ([("ICML", 2020, "a"), ("", None, "")], ["ICML 2020", ""], ""),
        ([("", 2020, ""), ("arXiv", None, "")], ["2020", "arXiv"], "arXiv"),
        ([("A", 1, ""), ("B", 2, "submission")], ["A 1", "submitted to B 2 (not accepted)"],
         "submitted to B 2 (not accepted)"),
        ([("A", 1, ""), ("", None, "submission")],
         ["A 1", "submitted to a venue (not accepted)"], "submitted to a venue (not accepted)"),
        ([(name, 1, "") for name in "ABCDEF"], [f"{name} 1" for name in "ABCDEF"],
         "B 1, C 1, D 1 and 2 more"),
    ],
)  # fmt: skip
def test_versions_are_merged(
    appearances: list[tuple[str, int | None, str]], labels: list[str], elsewhere: str
) -> None:
    """Equal appearances are one version, and a hit names the other versions in a few words."""
    paper = _make_paper(*appearances)
    assert [version.label for version in list_versions(paper)] == labels
    assert describe_other_versions(paper) == elsewhere


def test_a_version_has_the_date_of_its_records() -> None:
    """Of the records of one version, the first date in its year counts."""
    dates = ("", "2019-05", "2019-05-03")
    shows = [
        *(Appearance("arXiv", year=2019, date=d) for d in dates),
        Appearance("ICML", year=2020),
    ]
    versions = list_versions(Paper(id="x", title="X", appearances=tuple(shows)))
    assert [version.dated_label for version in versions] == ["arXiv 2019-05-03", "ICML 2020"]
    assert [version.label for version in versions] == ["arXiv 2019", "ICML 2020"]


@pytest.mark.parametrize(
    ("appearance", "expected"),
    [
        (Appearance("Tides", volume="33", issue="4", pages="101-110", publisher="Springer"),
         "Tides 33(4), 101–110, Springer"),
        (Appearance("Tides", volume="33", pages="e1234"), "Tides 33, e1234"),
        (Appearance("Tides", pages="R1-R9"), "Tides, R1–R9"),
        (Appearance("Tides", pages="7-1"), "Tides, 7–1"),
        (Appearance("", venue_name="Harbour Reports", issue="12"), "Harbour Reports, no. 12"),
        (Appearance("AiT", "Advances in Tides 33", volume="33"), "Advances in Tides 33"),
        (Appearance("Tides", "Journal of Tides 3", volume="33"), "Journal of Tides 3 33"),
        (Appearance(publisher="Quay Press"), "Quay Press"),
        (Appearance("Tides", year=2020), ""),
        (Appearance("Tides", type="submission", publisher="Quay Press"), ""),
    ],
)  # fmt: skip
def test_a_place_is_one_line(appearance: Appearance, expected: str) -> None:
    """Volume, issue, pages and publisher follow the venue as far as they are known."""
    assert describe_place(Paper(id="x", title="X", appearances=(appearance,))) == expected


def test_the_fullest_record_of_a_version_gives_its_place() -> None:
    """Values of two records are not mixed: the record with most of them counts."""
    shows = (
        Appearance("Tides", year=2020, volume="33 (early)"),
        Appearance("Tides", year=2020, volume="33", issue="4", pages="1-9"),
    )
    paper = Paper(id="x", title="X", appearances=shows)
    assert [version.place for version in list_versions(paper)] == ["33(4), 1–9"]
    assert describe_place(paper) == "Tides 33(4), 1–9"
    assert describe_place(Paper(id="x", title="X", appearances=())) == ""
