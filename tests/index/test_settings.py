"""Check how the index directory is found."""

from pathlib import Path

import pytest

from index.settings import ENVIRONMENT, expand_home, index_directory


def test_a_named_directory_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name given wins over the environment, and ``~`` is expanded."""
    monkeypatch.setenv(ENVIRONMENT, "from-environment")
    assert index_directory("named") == Path("named")
    assert index_directory("~/named") == Path.home() / "named"


def test_the_environment_comes_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name the environment variable counts."""
    monkeypatch.setenv(ENVIRONMENT, "~/from-environment")
    assert index_directory() == Path.home() / "from-environment"


@pytest.mark.parametrize("value", ["", None])
def test_the_default_is_the_users_data(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name and a variable the index is in the user's data directory."""
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    if value is not None:
        monkeypatch.setenv(ENVIRONMENT, value)
    assert index_directory().name == "papersearch"
    assert index_directory("").is_absolute()


def test_the_home_of_an_unknown_user_is_a_name() -> None:
    """``~`` is replaced as in a shell, which leaves what it cannot replace."""
    assert expand_home("~/x") == Path.home() / "x"
    assert expand_home("~no-such-user-of-this-machine/x") == Path("~no-such-user-of-this-machine/x")
