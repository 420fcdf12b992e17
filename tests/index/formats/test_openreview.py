"""Check the reader of both versions of OpenReview notes, and that it keeps no e-mail addresses."""

from pathlib import Path
from typing import Any

import pytest

from index.build.operations import build
from index.records import Author, Paper, RawRecord, Reject
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.json_samples import (
    OPENREVIEW,
    OPENREVIEW_1,
    Record,
    read,
    read_paper,
    read_raw_records,
)

NAME = "openreview"


def change_content(note: Record, **changes: Any) -> Record:  # noqa: ANN401 - any value
    """Return a note with changed fields of its content; ``...`` removes a field."""
    if note is OPENREVIEW:
        changes = {name: change if change is ... else {"value": change}
                   for name, change in changes.items()}  # fmt: skip
    fields = note["content"] | changes
    return note | {"content": {name: field for name, field in fields.items() if field is not ...}}


def test_a_note_of_the_second_version(tmp_path: Path) -> None:
    """Every field is read; of an author's profile only ``~Name1`` is kept."""
    found = read_paper(tmp_path / "d", NAME, OPENREVIEW)
    assert (found.id, found.title) == ("openreview:AbC_d-1", "Walking $k$ Steps")
    assert found.abstract == "We walk far."
    assert found.authors == (
        Author("Ann Lee", "ann lee", {"openreview": "~Ann_Lee1"}),
        Author("Bo Li", "bo li"),
        Author("Cy Do", "cy do", {"openreview": "~Cy_Do2"}),
    )
    show = found.shown
    assert (show.venue, show.venue_kind, show.year) == ("ICLR", "conference", 2024)
    assert (show.type, show.venue_name) == ("conference paper", "ICLR 2024 oral")
    assert found.topics == ("random walks", "graphs", "learning on graphs")
    assert found.ids == {"openreview": "AbC_d-1"}
    assert found.urls == {
        "page": "https://openreview.net/forum?id=AbC_d-1",
        "pdf": "https://openreview.net/pdf/0a1b.pdf",
    }
    assert found.status == "oral"
    assert show.source is not None
    assert show.source.licence == "CC BY 4.0"


def test_a_note_of_the_first_version(tmp_path: Path) -> None:
    """Version 1 has plain values; its venue and year come from the invitation."""
    found = read_paper(tmp_path / "d", NAME, OPENREVIEW_1)
    assert (found.id, found.title, found.abstract) == (
        "openreview:rJx",
        "Walking Blind",
        "We walk.",
    )
    assert found.authors == (
        Author("Ann Lee", "ann lee"),
        Author("Bo Li", "bo li", {"openreview": "~Bo_Li2"}),
    )
    assert found.topics == ("walks", "graphs")
    assert (found.shown.venue, found.shown.year, found.status) == ("ICLR", 2019, "submitted")
    assert found.ids == {"openreview": "HkX1"}
    assert found.urls["page"] == "https://openreview.net/forum?id=HkX1"


BLIND = change_content(
    OPENREVIEW_1, authors=["Anonymous"], authorids=["ICLR.cc/2019/Paper1/Authors"]
)
ORIGINAL = change_content(OPENREVIEW_1) | {
    "id": "rJx",
    "forum": "rJx",
    "original": None,
    "invitation": "ICLR.cc/2019/Conference/-/Submission",
    "readers": ["ICLR.cc/2019/Conference", "~Bo_Li2"],
}


def test_a_blind_note_and_its_original_are_one_paper(tmp_path: Path) -> None:
    """Both have one id; the public note is the paper, the hidden one adds only its authors."""
    blind, original = read_raw_records(tmp_path / "d", BLIND, ORIGINAL)
    assert blind.id == original.id == "openreview:rJx"
    assert (blind.part, blind.authors) == ("", ())
    assert (original.part, original.title, original.urls) == ("original", "", {})
    assert [author.name for author in original.authors] == ["Ann Lee", "Bo Li"]
    assert original.authors[0].ids == {}


@pytest.mark.parametrize("notes", [[BLIND, ORIGINAL], [ORIGINAL, BLIND]])
def test_the_paper_has_the_page_of_the_blind_note(tmp_path: Path, notes: list[Record]) -> None:
    """In either order the paper has the public note's page and the hidden note's authors."""
    read_raw_records(tmp_path / "d", *notes)
    report = build(tmp_path / "index", (str(tmp_path / "d"),), BuildSettings(processes=0))[1]
    assert (report.read, report.indexed, report.merged) == (2, 1, 1)
    (hit,) = Searcher(tmp_path / "index").search(SearchRequest("walking blind")).hits
    assert hit.paper.urls["page"] == "https://openreview.net/forum?id=HkX1"
    assert hit.paper.ids == {"openreview": "HkX1"}
    assert [author.name for author in hit.paper.authors] == ["Ann Lee", "Bo Li"]
    assert hit.paper.status == "submitted"


OPEN: list[Record] = [
    ORIGINAL | {"readers": ["everyone"]},
    ORIGINAL | {"readers": None},
    OPENREVIEW | {"readers": ["ICLR.cc/2024/Conference"]},
]


@pytest.mark.parametrize("note", OPEN)
def test_a_note_of_its_own_is_a_paper(tmp_path: Path, note: Record) -> None:
    """A note that everyone may read, or of version 2, is a paper and not a hidden original."""
    (found,) = read_raw_records(tmp_path / "d", note)
    assert (found.part, found.id) == ("", f"openreview:{note['id']}")
    assert found.title


def test_the_authors_of_an_original_inside_its_blind_note(tmp_path: Path) -> None:
    """The authors are found in the original that the API returns within a blind note."""
    found = read_paper(tmp_path / "d", NAME, BLIND | {"details": {"original": ORIGINAL}})
    assert [author.name for author in found.authors] == ["Ann Lee", "Bo Li"]


def test_a_deleted_original_leaves_its_paper(tmp_path: Path) -> None:
    """The paper is deleted by the deletion of its public note, not of its original."""
    gone = {"ddate": 1538087800000}
    blind, original = read_raw_records(tmp_path / "d", BLIND | gone, ORIGINAL | gone)
    assert (blind.deleted, blind.id) == (True, "openreview:rJx")
    assert (original.deleted, original.id) == (True, "")


PROFILES = [{"fullname": "Ann Lee", "username": "~Ann_Lee1",
             "institutions": [{"name": "ETH Zurich", "domain": "ethz.ch"}]},
            {"fullname": "Bo Li", "username": "bo@planted.org"}]  # fmt: skip
FIELDS: list[tuple[dict[str, Any], str, Any]] = [
    ({"authors": ["Anonymous"]}, "authors", ()),
    ({"authors": ["bo@planted.org"], "authorids": ["bo@planted.org"]}, "authors", ()),
    ({"authors": ...}, "authors", ()),
    ({"authors": "Ann Lee, Bo Li", "authorids": ...}, "authors",
     (Author("Ann Lee", "ann lee"), Author("Bo Li", "bo li"))),
    ({"authors": ["Ann Lee"], "authorids": ["~Bo_Li1", "~Ann_Lee1"]}, "authors",
     (Author("Ann Lee", "ann lee"),)),
    ({"authors": PROFILES, "authorids": ...}, "authors",
     (Author("Ann Lee", "ann lee", {"openreview": "~Ann_Lee1"}, ("ETH Zurich",)),
      Author("Bo Li", "bo li"))),
    ({"abstract": None}, "abstract", ""),
    ({"keywords": "a; b", "primary_area": ...}, "topics", ("a", "b")),
    ({"keywords": [], "primary_area": ...}, "topics", ()),
    ({"pdf": "https://arxiv.org/pdf/1611.01232v2"}, "ids",
     {"openreview": "AbC_d-1", "arxiv": "1611.01232"}),
    ({"pdf": ...}, "urls", {"page": "https://openreview.net/forum?id=AbC_d-1"}),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field", "expected"), FIELDS)
def test_quirks(tmp_path: Path, change: dict[str, Any], field: str, expected: object) -> None:
    """Anonymous authors, e-mails for names, lists as text and missing fields are read."""
    found = read_paper(tmp_path / "d", NAME, change_content(OPENREVIEW, **change))
    assert getattr(found, field) == expected


VENUES = [
    ("ICLR.cc/2025/Conference", "ICLR", "conference", 2025),
    ("NeurIPS.cc/2021/Track/Datasets_and_Benchmarks/Round1", "NeurIPS", "conference", 2021),
    ("robot-learning.org/CoRL/2023/Conference", "CoRL", "conference", 2023),
    ("auai.org/UAI/2024/Conference", "UAI", "conference", 2024),
    ("EMNLP/2023/Conference", "EMNLP", "conference", 2023),
    ("ICML.cc/2024/Workshop/AI4Science", "ICML Workshop", "workshop", 2024),
    ("thecvf.com/ECCV/2020/Workshop/VIPriors", "ECCV Workshop", "workshop", 2020),
    ("aclweb.org/ACL/ARR/2024/June", "ARR", "", 2024),
    ("dblp.org/journals/CORR/2021", "arXiv", "repository", 2021),
    ("TMLR", "TMLR", "journal", 2024),
]


@pytest.mark.parametrize(("group", "venue", "kind", "year"), VENUES)
def test_venue_and_year_come_from_the_group(
    tmp_path: Path, group: str, venue: str, kind: str, year: int
) -> None:
    """Venue and year come from the paper's group, or else the year from the publication date."""
    note = change_content(OPENREVIEW, venueid=group, venue=...)
    show = read_paper(tmp_path / "d", NAME, note).shown
    assert (show.venue, show.venue_kind, show.year) == (venue, kind, year)


def test_the_year_of_a_note_without_a_group(tmp_path: Path) -> None:
    """Without a group the year comes from the venue shown, or else from the creation date."""
    bare = change_content(OPENREVIEW, venueid=..., venue="ICML 2020") | {"invitations": None}
    show = read_paper(tmp_path / "d", NAME, bare).shown
    assert (show.venue, show.year) == ("ICML", 2020)
    bare = change_content(OPENREVIEW_1) | {"invitation": None, "cdate": 1538087800000}
    assert read_paper(tmp_path / "d", NAME, bare).shown.year == 2018
    assert (
        read_paper(tmp_path / "d", NAME, bare | {"cdate": 10**17, "tcdate": None}).shown.year
        is None
    )


GROUP = "ICLR.cc/2024/Conference"
STATUSES: list[tuple[dict[str, Any], str]] = [
    ({"venueid": f"{GROUP}/Rejected_Submission", "venue": "Submitted to ICLR 2024"}, "rejected"),
    ({"venueid": f"{GROUP}/Withdrawn_Submission", "venue": "ICLR 2024 Poster"}, "withdrawn"),
    ({"venueid": f"{GROUP}/Desk_Rejected_Submission", "venue": ...}, "rejected"),
    ({"venueid": f"{GROUP}/Submission", "venue": "ICLR 2024 Conference Submission"}, "submitted"),
    ({"venueid": GROUP, "venue": "ICLR 2024 spotlight"}, "spotlight"),
    ({"venueid": "NeurIPS.cc/2022/Conference", "venue": "NeurIPS 2022 Accept"}, "accepted"),
    ({"venueid": "TMLR", "venue": "Accepted by TMLR"}, "accepted"),
    ({"venueid": "TMLR", "venue": "TMLR"}, ""),
    ({"venueid": "TMLR/Rejected", "venue": "Rejected by TMLR"}, "rejected"),
    ({"venueid": "TMLR/Retracted_by_Authors", "venue": ...}, "retracted"),
    ({"venueid": "TMLR/Under_Review", "venue": "Under review for TMLR"}, "submitted"),
    ({"venueid": ..., "venue": ..., "decision": "Accept (Poster)"}, "poster"),
    ({"venueid": ..., "venue": ..., "decision": "Reject"}, "rejected"),
    ({"venueid": ..., "venue": ...}, "submitted"),
]


@pytest.mark.parametrize(("change", "status"), STATUSES)
def test_statuses(tmp_path: Path, change: dict[str, Any], status: str) -> None:
    """The group of a withdrawn or rejected paper takes precedence over the venue shown."""
    assert read_paper(tmp_path / "d", NAME, change_content(OPENREVIEW, **change)).status == status


def test_the_invitation_is_a_status_without_a_group(tmp_path: Path) -> None:
    """In version 1 only the invitation says that a paper was withdrawn."""
    note = OPENREVIEW_1 | {"invitation": "ICLR.cc/2020/Conference/-/Withdrawn_Submission"}
    assert read_paper(tmp_path / "d", NAME, note).status == "withdrawn"


DECISION: Record = {"id": "r9", "forum": "HkX1", "replyto": "HkX1", "cdate": 1,
                    "invitation": "ICLR.cc/2019/Conference/-/Paper1/Decision",
                    "content": {"decision": "Accept (Oral)", "title": "Decision"}}  # fmt: skip


def test_the_decision_among_the_replies(tmp_path: Path) -> None:
    """A decision among the replies inside a note is its status."""
    for name in ("replies", "directReplies"):
        note = OPENREVIEW_1 | {"details": {name: [DECISION], "replyCount": 1}}
        assert read_paper(tmp_path / "d", NAME, note).status == "oral"


def test_replies_are_skipped(tmp_path: Path) -> None:
    """Reviews, comments and decisions are skipped, and so is a deleted note."""
    notes = [OPENREVIEW_1, DECISION, OPENREVIEW_1 | {"ddate": 1538087800000}]
    found = read(tmp_path / "d", NAME, *notes)
    assert isinstance(found[0], Paper)
    assert [isinstance(one, RawRecord) and one.deleted for one in found[1:]] == [True, True]


BAD: list[tuple[Record, str]] = [
    (change_content(OPENREVIEW, title=None), "has no title"),
    (change_content(OPENREVIEW, title=[True, {}]), "has no title"),
    (OPENREVIEW | {"content": None}, "has no title"),
    (OPENREVIEW | {"id": " "}, "has an empty id"),
    (OPENREVIEW | {"id": {}}, "is not a valid record: Object missing required field `id`"),
    (OPENREVIEW | {"content": "text"}, "has no title"),
]


@pytest.mark.parametrize(("note", "reason"), BAD)
def test_reasons(tmp_path: Path, note: Record, reason: str) -> None:
    """A note that cannot be a paper is rejected with the reason."""
    first, found = read(tmp_path / "d", NAME, OPENREVIEW, note)
    assert isinstance(first, Paper)
    assert isinstance(found, Reject)
    assert reason in found.reason
