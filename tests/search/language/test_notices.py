"""Test that the messages about a query stay few."""

import pytest

from search.language.notices import MAX_MESSAGE, MAX_NOTICES, Notice, select_notices
from search.language.parser import parse


@pytest.mark.parametrize("count", [0, 1, MAX_NOTICES, MAX_NOTICES + 1])
def test_a_few_notices_are_listed_in_the_order_of_the_text(count: int) -> None:
    """Notices come in the order of the text."""
    notices = [Notice(f"Part {n}", (n, n + 1)) for n in range(count)]
    assert select_notices(notices[::-1], count) == tuple(notices)


def test_many_notices_are_counted() -> None:
    """The last notice says how many others there are; it has no place in the text."""
    text = "(" * 500
    notices = parse(text).notices
    assert len(notices) == MAX_NOTICES + 1
    assert notices[-1].message == "491 more notices"
    assert (notices[0].place, notices[-1].place) == ("(character 1)", "")
    assert notices[-1].at == (0, len(text))


def test_a_message_with_a_long_quotation_is_shortened() -> None:
    """A message keeps its beginning and its end, whatever it quotes."""
    message = Notice(f'"{"silt" * 900}" is searched as typed', (0, 9)).message
    assert len(message) <= MAX_MESSAGE
    assert message.startswith('"siltsilt')
    assert message.endswith('silt" is searched as typed')
