"""Check how OpenReview's group names and decisions are parsed."""

import pytest

from index.formats.openreview_words import find_group_status, parse_decision, parse_group

GROUPS = [
    ("ICLR.cc/2025/Conference", "ICLR", False),
    ("ICLR.cc/2025/Conference/Rejected_Submission", "ICLR", False),
    ("NeurIPS.cc/2021/Track/Datasets_and_Benchmarks/Round1", "NeurIPS", False),
    ("robot-learning.org/CoRL/2023/Conference", "CoRL", False),
    ("EMNLP/2023/Conference", "EMNLP", False),
    ("TMLR", "TMLR", False),
    ("ICML.cc/2024/Workshop/AI4Science", "ICML Workshop AI4Science", True),
    ("thecvf.com/ECCV/2020/Workshop/VIPriors", "ECCV Workshop VIPriors", True),
    ("NeurIPS.cc/2023/Workshop_Proposals", "NeurIPS Workshop", True),
    ("aclweb.org/ACL/ARR/2024/June", "ARR", False),
    ("2024/Conference", "", False),
    ("", "", False),
]


@pytest.mark.parametrize(("group", "venue", "workshop"), GROUPS)
def test_groups(group: str, venue: str, *, workshop: bool) -> None:
    """A group names a venue, without its year, its site and words that every venue has."""
    assert parse_group(group) == (venue, workshop)


STATUSES = [
    ("ICLR.cc/2025/Conference/Rejected_Submission", "rejected"),
    ("ICLR.cc/2025/Conference/Desk_Rejected_Submission", "rejected"),
    ("ICLR.cc/2025/Conference/Withdrawn_Submission", "withdrawn"),
    ("ICLR.cc/2025/Conference/-/Blind_Submission", "submitted"),
    ("TMLR/Retracted_by_Authors", "retracted"),
    ("TMLR/Under_Review", "submitted"),
    ("Rejected_Papers.org/2025/Conference", ""),
    ("ICLR.cc/2025/Conference", ""),
    ("", ""),
]


@pytest.mark.parametrize(("group", "status"), STATUSES)
def test_the_last_part_of_a_group_is_a_status(group: str, status: str) -> None:
    """Only the last part of a group is read as the status of its papers."""
    assert find_group_status(group) == status


DECISIONS = [
    ("ICLR 2025 Oral", "oral"),
    ("Accept (Spotlight)", "spotlight"),
    ("Accept (poster)", "poster"),
    ("Accepted by TMLR", "accepted"),
    ("Invite to Talk", "oral"),
    ("ICLR 2023 notable top 5%", "notable"),
    ("Reject", "rejected"),
    ("Withdrawn by the authors", "withdrawn"),
    ("Submitted to ICLR 2024", ""),
    ("Unacceptable", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "status"), DECISIONS)
def test_decisions(text: str, status: str) -> None:
    """The most specific word of a decision is the status: a spotlight is also accepted."""
    assert parse_decision(text) == status
