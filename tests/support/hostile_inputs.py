"""Make up hostile values of parameters: one table of generators, the same values at every run."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = "<q7x"
"""The beginning of a tag that no template has; a page that repeats it did not escape it."""

NUMBER = 200
"""Values that are made."""


def _make_markup(chance: Random) -> str:
    opened = chance.choice(["", '"', "'", "-->", "</title>", "</textarea>", "]]>", "&lt;"])
    return f"{opened}{MARK} onload=alert({chance.randrange(9)})>{chance.choice(['', '</q7x>'])}"


def _make_template(chance: Random) -> str:
    return chance.choice(["{{%s}}", "{%% %s %%}", "${%s}", "#{%s}", "%%(%s)s"]) % "733*857"


def _make_path(chance: Random) -> str:
    step = chance.choice(["../", "..\\", "%2e%2e/", "....//", "/"])
    return step * chance.randrange(1, 9) + chance.choice(["etc/passwd", "web/app.py", "."])


def _make_syntax(chance: Random) -> str:
    signs = '()[]{}"*?~^:+-!&|<>=\\/.,;#@$%'
    return "".join(chance.choice([*signs, "a", " AND ", " NOT ", "year:"]) for _ in range(40))


def _make_characters(chance: Random) -> str:
    ranges = ((0, 0x20), (0x7F, 0xA0), (0x200B, 0x2070), (0xFE00, 0x10000), (0x1F300, 0x1F600))
    found = (chr(chance.randrange(*chance.choice(ranges))) for _ in range(12))
    return "".join(one for one in found if not 0xD800 <= ord(one) < 0xE000)


def _make_number(chance: Random) -> str:
    odd = ["-1", "0", "1e9", "0x10", "٣", "²", "NaN", "inf", "1_000", " 7 ", "+5", "1.5", "9" * 40]
    return chance.choice([*odd, str(2**31), str(2**63), str(-(2**64))])


def _make_long(chance: Random) -> str:
    return chance.choice(["x", "(", '"', "é", "a ", "-", "*", ","]) * chance.choice([999, 30_000])


def _make_injection(chance: Random) -> str:
    line = chance.choice(["\r\n", "\n", "\r", "\u2028"])
    return f"a{line}Set-Cookie: q=7{line}{line}<html>"


def _make_address(chance: Random) -> str:
    scheme = chance.choice(["javascript:", "data:text/html,", "//", "file:///", "\tjavascript:"])
    return f"{scheme}{MARK}>"


def _make_pollution(chance: Random) -> str:
    names = ["__class__", "__proto__", "constructor", "' OR 1=1 --", "$(id)", "`id`", "*"]
    return chance.choice([*names, "cursor=*", "%00", "%ff%fe", "../.json", ".bib"])


GENERATORS: tuple[Callable[[Random], str], ...] = (
    _make_markup, _make_template, _make_path, _make_syntax, _make_characters, _make_number,
    _make_long, _make_injection, _make_address, _make_pollution,
)  # fmt: skip
"""One function for each kind of attack."""


def list_hostile_values() -> Iterator[str]:
    """Yield `NUMBER` values, as many of each kind."""
    chance = Random(7)
    for at in range(NUMBER):
        yield GENERATORS[at % len(GENERATORS)](chance)
