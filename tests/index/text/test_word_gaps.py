"""Check how texts with glued and torn words are repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.word_gaps import GapRepairer
from tests.index.text.test_glued_words import study_texts
from tests.support.glued_texts import FAULTS, SOUND, make_texts

PLENTY = make_texts(500)
REPAIRER = GapRepairer(study_texts([*PLENTY, *FAULTS]))


@pytest.mark.parametrize(("text", "expected"), FAULTS.items())
def test_faults_are_repaired(text: str, expected: str) -> None:
    """A missing, a superfluous and a misplaced space are repaired."""
    assert REPAIRER.repair(text) == (expected, 1)
    assert REPAIRER.repair(expected) == (expected, 0)


@pytest.mark.parametrize("text", SOUND)
def test_other_words_are_left_alone(text: str) -> None:
    """Formulas, addresses, names, identifiers and terms are never changed."""
    repairer = GapRepairer(study_texts([*PLENTY, text]))
    assert repairer.repair(text) == (text, 0)


def test_every_fault_of_a_text() -> None:
    """All faults of a text are counted, and those near the beginning do not move later ones."""
    text, expected = " ".join(FAULTS), " ".join(FAULTS.values())
    assert REPAIRER.repair(text) == (expected, len(FAULTS))


def test_a_damaged_text_is_repaired_further() -> None:
    """A text with two clear faults loses less clear ones too, also before a capital letter."""
    few = ["we see lantern harbour here, and in Norway"] * 5
    text = "Inthis paper the timeto train, the lanternharbour and the model we measure inNorway."
    texts = [*make_texts(20_000), *few, text]
    repairer = GapRepairer(study_texts([*texts, *["this is Norway"] * 10]))
    expected = (
        "In this paper the time to train, the lantern harbour and the model we measure in Norway."
    )
    assert repairer.repair(text) == (expected, 4)
    once = text.replace("Inthis", "In this")
    assert repairer.repair(once)[0] == once.replace("timeto", "time to")


WORDS = [word for text in (*FAULTS, *SOUND, PLENTY[0]) for word in text.split()]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join) | st.text())
def test_only_spaces_change(text: str) -> None:
    """A repair adds, removes and moves spaces, and nothing else; a second one changes nothing."""
    repaired, count = REPAIRER.repair(text)
    assert repaired.replace(" ", "") == text.replace(" ", "")
    assert (repaired != text) == (count > 0)
