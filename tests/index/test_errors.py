"""Check the errors that another process reports and the messages that users read."""

import pytest

from index.errors import DUMP_ERRORS, DumpError, DumpTruncated
from search.errors import ChoiceUnknown, ParameterInvalid


def test_every_dump_error_has_a_name() -> None:
    """The table of names holds each class of error that reading a dump raises."""
    assert set(DUMP_ERRORS.values()) == set(DumpError.__subclasses__())


@pytest.mark.parametrize("name", DUMP_ERRORS)
def test_an_error_is_rebuilt_from_its_message(name: str) -> None:
    """The class and the message survive, whatever values the class is built from."""
    error = DUMP_ERRORS[name].from_message("It failed.")
    assert type(error) is DUMP_ERRORS[name]
    assert str(error) == "It failed."


def test_a_rebuilt_error_reads_like_the_first() -> None:
    """A message of the class itself comes back unchanged."""
    error = DumpTruncated("a.gz", "no end mark")
    again = DUMP_ERRORS[type(error).__name__].from_message(str(error))
    assert str(again) == (
        "'a.gz' is damaged or incomplete (no end mark). "
        "Download it again; the index was not changed."
    )


def test_an_unknown_choice_lists_the_choices() -> None:
    """The message names the parameter, the value and everything to choose from."""
    error = ChoiceUnknown("sort", "zzz", ("relevance", "newest"))
    assert str(error) == "Unknown sort 'zzz'. Choose one of relevance, newest."
    assert isinstance(error, ParameterInvalid)
