"""Test that every way to write a venue resolves to its one short name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.tables import read_table
from index.normalise.venues import KINDS, Venue, is_cut_short, resolve_venue

# The folder names of the paperlists dump.
FOLDERS = [
    ("acl", "ACL"),
    ("aaai", "AAAI"),
    ("acml", "ACML"),
    ("acmmm", "ACM MM"),
    ("ai4x", "AI4X"),
    ("aistats", "AISTATS"),
    ("alt", "ALT"),
    ("automl", "AutoML"),
    ("coling", "COLING"),
    ("colm", "COLM"),
    ("colt", "COLT"),
    ("corl", "CoRL"),
    ("cvpr", "CVPR"),
    ("eccv", "ECCV"),
    ("emnlp", "EMNLP"),
    ("iccv", "ICCV"),
    ("iclr", "ICLR"),
    ("icml", "ICML"),
    ("icra", "ICRA"),
    ("ijcai", "IJCAI"),
    ("iros", "IROS"),
    ("kdd", "KDD"),
    ("naacl", "NAACL"),
    ("nips", "NeurIPS"),
    ("rss", "RSS"),
    ("siggraph", "SIGGRAPH"),
    ("siggraphasia", "SIGGRAPH Asia"),
    ("uai", "UAI"),
    ("wacv", "WACV"),
    ("www", "WWW"),
    ("3dv", "3DV"),
]

NEURIPS = "Neural Information Processing Systems"
CV = "Computer Vision and Pattern Recognition"
LINGUISTICS = "Association for Computational Linguistics"

KNOWN = [
    ("NeurIPS 2020", "NeurIPS", "conference"),
    ("NIPS'15", "NeurIPS", "conference"),
    ("Proc. of NeurIPS", "NeurIPS", "conference"),
    (f"Advances in {NEURIPS} 33", "NeurIPS", "conference"),
    (f"{NEURIPS} Track on Datasets and Benchmarks", "NeurIPS", "conference"),
    (f"Thirty-seventh Conference on {NEURIPS}", "NeurIPS", "conference"),
    (
        f"Advances in {NEURIPS} 33: Annual Conference on {NEURIPS} 2020, NeurIPS 2020, virtual",
        "NeurIPS",
        "conference",
    ),
    ("NeurIPS.cc/2023/Conference", "NeurIPS", "conference"),
    ("ICLR 2024 poster", "ICLR", "conference"),
    ("Submitted to ICLR 2025", "ICLR", "conference"),
    ("ICLR 2025 Conference Withdrawn Submission", "ICLR", "conference"),
    ("ICML2015", "ICML", "conference"),
    ("ICML '15", "ICML", "conference"),
    ("Proceedings of the 42nd International Conference on Machine Learning", "ICML", "conference"),
    ("Int. Conf. Mach. Learn.", "ICML", "conference"),
    (f"2016 IEEE Conference on {CV} (CVPR)", "CVPR", "conference"),
    (f"Proceedings of the IEEE/CVF Conference on {CV}", "CVPR", "conference"),
    (f"{CV} (CVPR), 2012 IEEE Conference on", "CVPR", "conference"),
    ("Computer Vision - ECCV 2020 - 16th European Conference", "ECCV", "conference"),
    ("ECCV (12)", "ECCV", "conference"),
    ("2019 IEEE/RSJ International Conference on Intelligent Robots and Systems", "IROS", ""),
    ("Robotics: Science and Systems XIV", "RSS", "conference"),
    ("The Thirty-Fourth AAAI Conference on Artificial Intelligence", "AAAI", "conference"),
    (
        f"Proceedings of the 60th Annual Meeting of the {LINGUISTICS} (Volume 1: Long Papers)",
        "ACL",
        "conference",
    ),
    (f"60th Annual Meeting of the {LINGUISTICS}: System Demonstrations", "ACL", "conference"),
    (f"Findings of the {LINGUISTICS}: EMNLP 2020", "Findings of EMNLP", "conference"),
    (f"Findings of the {LINGUISTICS}", "Findings of ACL", "conference"),
    ("EMNLP (Findings)", "Findings of EMNLP", "conference"),
    ("NAACL-HLT (1)", "NAACL", "conference"),
    (
        "Proceedings of the 5th International Conference on Language Resources and Evaluation (",
        "LREC",
        "conference",
    ),
    ("ACM Multimedia", "ACM MM", "conference"),
    ("Proceedings of the ACM Web Conference 2023", "WWW", "conference"),
    ("Proc. ACM SIGMOD Int. Conf. on Management of Data", "SIGMOD", "conference"),
    ("Annual ACM Symposium on Theory of Computing", "STOC", "conference"),
    ("IJCAI-20", "IJCAI", "conference"),
    ("PVLDB", "VLDB", "conference"),
    ("Reinforcement Learning Conference", "RLC", "conference"),
    ("CHI '20: CHI Conference on Human Factors in Computing Systems", "CHI", "conference"),
    ("J. Mach. Learn. Res.", "JMLR", "journal"),
    ("Trans. Mach. Learn. Res.", "TMLR", "journal"),
    ("Accepted by TMLR", "TMLR", "journal"),
    ("IEEE Trans. Pattern Anal. Mach. Intell.", "TPAMI", "journal"),
    ("Communications of the ACM", "CACM", "journal"),
    ("Commun. ACM", "CACM", "journal"),
    ("Computational Linguistics, Volume 15, Number 3, September 1989", "Computational Linguistics",
     "journal"),
    ("nature", "Nature", "journal"),
    ("Science (New York, N.Y.)", "Science", "journal"),
    ("The Lancet", "Lancet", "journal"),
    ("Proc. Natl. Acad. Sci. U.S.A.", "PNAS", "journal"),
    ("Phys. Rev. Lett. 99, 048301 (2007)", "PRL", "journal"),
    ("Phys.Rev.D76:013009,2007", "Phys. Rev. D", "journal"),
    ("Phys. Rev. B77, 075325 (2008)", "Phys. Rev. B", "journal"),
    ("PHYSICAL REVIEW A 75, 052106 (2007)", "Phys. Rev. A", "journal"),
    ("Mon.Not.Roy.Astron.Soc.378:211-220,2007", "MNRAS", "journal"),
    ("Class.Quant.Grav.24:S541-S550,2007", "Class. Quantum Grav.", "journal"),
    ("JHEP 0705:034,2007", "JHEP", "journal"),
    ("Eur. Phys. J. - B, 22, 129-135 (2001)", "Eur. Phys. J. B", "journal"),
    ("CoRR", "arXiv", "repository"),
    ("CoRR abs/2006.04779", "arXiv", "repository"),
    ("arXiv preprint arXiv:2006.04779", "arXiv", "repository"),
    ("ArXiv.org", "arXiv", "repository"),
    ("bioRxiv", "bioRxiv", "repository"),
    ("NeurIPS Workshop on Offline RL", "NeurIPS Workshop", "workshop"),
    ("Offline RL Workshop at NeurIPS 2020", "NeurIPS Workshop", "workshop"),
    ("ICLR.cc/2025/Workshop/SSI-FM", "ICLR Workshop", "workshop"),
    (f"2021 IEEE/CVF Conference on {CV} Workshops (CVPRW)", "CVPR Workshop", "workshop"),
    ("CVPRW", "CVPR Workshop", "workshop"),
    (f"60th Annual Meeting of the {LINGUISTICS}: Student Research Workshop", "ACL Workshop",
     "workshop"),
    ("SemEval", "SemEval", "workshop"),
]  # fmt: skip

UNKNOWN = [
    ("International Conference on Foo Bar (ICFB)", "ICFB", "conference"),
    ("Proc. of the 3rd Int. Symposium on Foo Bars (ISFB'07)", "ISFB", "conference"),
    ("Proceedings of the 42nd Annual IEEE/ACM Symposium on Foo", "Symposium on Foo", "conference"),
    ("Symposium on Foo, June 3-5, 2020", "Symposium on Foo", "conference"),
    ("First Foo Symposium 2020", "Foo Symposium", "conference"),
    ("30th Symposium on Foo, SFOO 2020, Paris, June 3-5, 2020", "SFOO", "conference"),
    ("Journal of Physics: Conference Series", "Journal of Physics: Conference Series", "journal"),
    ("J.Opt.Soc.Am.A 23(10): 2592-2601 (2006)", "J. Opt. Soc. Am. A", "journal"),
    ("Studia Math. 182 (2007) no. 3, 283-294", "Studia Math.", "journal"),
    ("Clinical Findings", "Clinical Findings", ""),
    ("First Monday", "First Monday", ""),
    ("Machine Learning, Optimization, and Data Science",
     "Machine Learning, Optimization, and Data Science", ""),
    ("3rd Natural Logic Meets Machine Learning Workshop (NALOMA III)", "NALOMA", "workshop"),
    ("Workshop on Foo, 2020", "Workshop on Foo", "workshop"),
    ("Royal Statistical Society (RSS)", "Royal Statistical Society", ""),
    ("IEEE Transactions on Foo", "IEEE Transactions on Foo", "journal"),
    ("Illinois J. Math. 52 (2008) no.2, 681-689", "Illinois J. Math.", "journal"),
    ("Commun.Theor.Phys.49:993-1000,2008", "Commun. Theor. Phys.", "journal"),
    ("Trans. Amer. Math. Soc. 362 (2010), 2723-2787", "Trans. Amer. Math. Soc.", "journal"),
    ("Journal of Foo, vol 104, 073536 (2008)", "Journal of Foo", "journal"),
    ("Computer Vision, A Reference Guide", "Computer Vision, A Reference Guide", "book"),
    ("FooRxiv", "FooRxiv", "repository"),
    ("Über Foo", "Über Foo", ""),
    ("2020", "2020", ""),
    ("", "", ""),
    (" ... ", "", ""),
]  # fmt: skip

NAMES = [name for table in read_table("venues").values() for name in table]


@pytest.mark.parametrize(("text", "name"), FOLDERS)
def test_folders_of_paperlists(text: str, name: str) -> None:
    """Every folder of paperlists is a known conference."""
    venue = resolve_venue(text)
    assert (venue.name, venue.kind) == (name, "conference")


@pytest.mark.parametrize(("text", "name", "kind"), KNOWN)
def test_known_venues(text: str, name: str, kind: str) -> None:
    """A known venue is recognised by its names and abbreviations, decorated or not."""
    venue = resolve_venue(text)
    assert (venue.name, venue.kind) == (name, kind or "conference")


@pytest.mark.parametrize(("text", "name", "kind"), UNKNOWN)
def test_unknown_venues(text: str, name: str, kind: str) -> None:
    """An unknown venue keeps its name without decoration; its kind is guessed from words."""
    venue = resolve_venue(text)
    assert (venue.name, venue.kind) == (name, kind)


def test_kind_of_the_dump() -> None:
    """The kind that the dump states is used where the name does not show one."""
    assert resolve_venue("Foo", "journal").kind == "journal"
    assert resolve_venue("NeurIPS", "journal").kind == "conference"
    assert resolve_venue("Foo", "conference paper").kind == ""
    assert resolve_venue("NeurIPS", "workshop").name == "NeurIPS Workshop"


def test_names_for_search() -> None:
    """A known venue has its full name and aliases, an unknown one its text as given."""
    venue = resolve_venue("nips 2016")
    assert venue.full == f"Conference on {NEURIPS}"
    assert f"Advances in {NEURIPS}" in venue.aliases
    assert resolve_venue("Foo  Symposium 2020").full == "Foo Symposium 2020"
    assert resolve_venue("NeurIPS Workshop on Foo").full == "NeurIPS Workshop on Foo"


def test_table_is_wide_and_sound() -> None:
    """The table has over 150 venues, each once, and each name is its own canonical name."""
    assert len(NAMES) > 150
    assert len(set(NAMES)) == len(NAMES)
    assert [resolve_venue(name).name for name in NAMES] == NAMES
    assert {resolve_venue(name).kind for name in NAMES} == set(KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_resolves(name: str) -> None:
    """A venue's full name and aliases, in any case, with or without a year, resolve to it."""
    venue = resolve_venue(name)
    for form in (venue.full, *venue.aliases):
        for text in (form, form.upper(), f"{form} 2019", f"{form}, 2019", f"2019 {form}"):
            assert (text, resolve_venue(text).name) == (text, name)


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            "Proceedings of the In 42nd First Annual IEEE ACM/IEEE International Conference on "
            "Workshop ( ) (ACL) (ICFB'07) , : - 2020 '15 NeurIPS Nature Phys.Rev.D 76:01 Vol. 3 "
            "J. June Findings EMNLP CVPRW arXiv: abs/1 Foo Systems Machine Learning".split()
        ),
        max_size=9,
    ).map(" ".join)
)
def test_canonical_is_stable(text: str) -> None:
    """Any text resolves to a venue, and the name of a venue resolves to itself."""
    venue = resolve_venue(text)
    assert resolve_venue(venue.name).name == venue.name
    assert venue.kind in (*KINDS, "")
    if not re.search(r"\b(?:and|for|in|of|on|the)\b|\u2026|\.\.\.", text, re.IGNORECASE):
        assert bool(venue.name) == any(map(str.isalnum, text))  # else it may be cut short


@pytest.mark.parametrize(
    "text",
    ["Proceedings of the \u2026", "2019 IEEE International Conference on ...", "Journal of the",
     "Proceedings of the 3rd \u2026 Conference on \u2026", "Advances in \u2026"],
)  # fmt: skip
def test_a_name_that_was_cut_before_its_topic(text: str) -> None:
    """What is left names no venue, and certainly not a known one with usual words."""
    assert resolve_venue(text, "conference") == Venue()
    assert is_cut_short(text)
    assert resolve_venue("Conference on").name == resolve_venue("International Conf. on").name == ""
    assert resolve_venue("SIGMOD Conference").name == "SIGMOD"
    assert resolve_venue("Journal of Snow \u2026").name == "Journal of Snow"
