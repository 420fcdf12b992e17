"""Test the colours of the style sheet."""

import re

import pytest

from web.assets import load_assets

SHEET = load_assets()["style.css"].content.decode()
PAIRS = ["ink ground", "ink panel", "ink mark", "soft ground", "soft panel", "link ground",
         "link panel", "ground link", "bad panel"]  # fmt: skip


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: str, pair: str) -> None:
    """Text stands out from its ground by 4.5 to 1 in both colour schemes (WCAG 2.2, AA)."""
    colours = re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", SHEET)
    half = len(colours) // 2
    named = dict(colours[:half] if scheme == "light" else colours[half:])
    lighter, darker = sorted((_luminance(named[name]) for name in pair.split()), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
