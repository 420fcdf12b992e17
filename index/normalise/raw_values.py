"""Read values that several dumps write alike."""


def drop_empty(values: dict[str, str]) -> dict[str, str]:
    """Return the identifiers or links that have a value."""
    return {name: value for name, value in values.items() if value}


def last_segment(address: str | int | None) -> str:
    """Return what follows the last slash: ``W1`` for ``https://openalex.org/W1``."""
    return str(address or "").rstrip("/").rpartition("/")[2]
