"""Test the colours of the style sheet, its names and its files."""

import re

import pytest

from tests.support.paths import ROOT
from web.assets import STYLES, load_assets

ASSETS = load_assets()
SHEET = ASSETS["style.css"].content.decode()
TEXT = [
    *(f"{text} ground" for text in ("ink", "body", "soft", "link", "visited", "bad", "good")),
    *(f"{text} panel" for text in ("ink", "body", "soft", "link", "bad", "good")),
    *(f"{text} mark" for text in ("ink", "body", "link", "visited")),
    "ground link",
]
"""Pairs of text and what is behind it."""

NODES = ["person", "topic", "institution", "paper-1", "paper-2", "paper-3", "paper-4"]
"""The colours of the nodes of a graph."""

CONTROLS = [
    "control ground", "bar ground", "bar-on ground", "link ground", "bar-on panel",
    *(f"{node} ground" for node in NODES),
]  # fmt: skip
"""Pairs of the edge or the bar of a control and what is behind it."""


def _read_colours(scheme: str) -> dict[str, str]:
    colours = re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", SHEET)
    half = len(colours) // 2
    return dict(colours[:half] if scheme == "light" else colours[half:])


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _measure_contrast(scheme: str, pair: str) -> float:
    named = _read_colours(scheme)
    lighter, darker = sorted((_luminance(named[name]) for name in pair.split()), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("pair", TEXT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_text(scheme: str, pair: str) -> None:
    """Text stands out from its ground by 4.5 to 1 in both colour schemes (WCAG 2.2, AA)."""
    assert _measure_contrast(scheme, pair) >= 4.5


@pytest.mark.parametrize("pair", CONTROLS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_controls(scheme: str, pair: str) -> None:
    """The edges of controls and the bars stand out by 3 to 1 in both schemes (WCAG 2.2, AA)."""
    assert _measure_contrast(scheme, pair) >= 3


def test_both_schemes_have_every_colour() -> None:
    """A colour that is named for one scheme is named for the other too."""
    light, dark = _read_colours("light"), _read_colours("dark")
    assert list(light) == list(dark)
    assert not light.items() & dark.items()


def test_every_name_is_defined() -> None:
    """The sheets use only custom properties that are defined."""
    used = set(re.findall(r"var\((--[a-z0-9-]+)", SHEET))
    assert used - set(re.findall(r"(--[a-z0-9-]+):", SHEET)) == set()


def test_every_sheet_is_served() -> None:
    """Each file of the folder of style sheets is part of the one that browsers get."""
    stems = {path.stem for path in (ROOT / "web" / "static" / "css").glob("*.css")}
    assert stems == set(STYLES)
    assert SHEET.count("{") == SHEET.count("}")


def test_fonts_are_served() -> None:
    """The font is in the format that its name says, small, and beside its licence."""
    for name in ("inter.woff2", "inter-extended.woff2"):
        assert ASSETS[name].content[:4] == b"wOF2"
        assert len(ASSETS[name].content) < 40_000
        assert f'url("{ASSETS[name].name}")' in SHEET
    assert b"SIL Open Font License" in ASSETS["inter-licence.txt"].content


def test_sheets_are_documented() -> None:
    """The README of the style sheets names each of them and no other."""
    readme = (ROOT / "web" / "static" / "css" / "README.md").read_text("utf-8")
    assert set(re.findall(r"(?m)^\| `([a-z]+)\.css` \|", readme)) == set(STYLES)


@pytest.mark.parametrize("name", [name for name in STYLES if name not in {"tokens", "print"}])
def test_only_tokens_have_colours(name: str) -> None:
    """Colours are named in one sheet, so that both schemes have them."""
    sheet = (ROOT / "web" / "static" / "css" / f"{name}.css").read_text("utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet) == []


def _list_classes() -> set[str]:
    """List the classes that templates name outright."""
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "web" / "templates").iterdir())
    values = re.findall(r'class="([^"]*)"', re.sub(r"{{.*?}}|{%.*?%}", " ", pages))
    return {name for value in values for name in value.split() if not name.endswith("-")}


def test_every_class_has_a_purpose() -> None:
    """A class of a template has a rule in a style sheet, or is one of those for programs."""
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)))
    assert _list_classes() - styled <= {"Z3988", "concealed", "cut", "more"}


def test_no_rule_is_left_over() -> None:
    """Every class of the style sheets stands in a template, a script or the code of the pages."""
    sheet = re.sub(r"/\*.*?\*/|url\(.*?\)", "", SHEET, flags=re.DOTALL)
    paths = (path for path in (ROOT / "web").rglob("*") if path.suffix in {".html", ".js", ".py"})
    text = "".join(path.read_text("utf-8") for path in paths)
    used = set(re.findall(r"[\w-]+", text))
    built = tuple(re.findall(r"([a-z]+-)\$\{", text))
    names = set(re.findall(r"\.([a-z][\w-]*)", sheet))
    assert len(names) > 50
    assert {name for name in names - used if not name.startswith(built)} == set()
