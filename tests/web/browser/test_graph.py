"""Test the explorer of the research graph with and without script."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser

ADDRESS = "/graph?topic=attention"
NODE = "[data-node='topic:transformers']"
PLACE = re.compile(r"translate\((-?[\d.]+)[ ,]+(-?[\d.]+)\)")


def _find_place(node: Locator) -> tuple[float, float]:
    found = PLACE.match(str(node.get_attribute("transform")))
    assert found
    return float(found[1]), float(found[2])


def _drag(page: Page, node: Locator, by: tuple[int, int]) -> None:
    node.scroll_into_view_if_needed()
    box = node.locator("path").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=5)
    page.mouse.up()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_node_is_dragged(windows: Windows, motion: str) -> None:
    """It stays where it is dropped, its edges follow, and no address is opened."""
    page = windows.open(ADDRESS)
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    page.reload()
    node = page.locator(NODE)
    before = _find_place(node)
    _drag(page, node, (60, 40))
    page.wait_for_function("!document.querySelector('.dragging')")
    after = _find_place(node)
    assert after[0] - before[0] == pytest.approx(60, abs=15)
    assert after[1] - before[1] == pytest.approx(40, abs=15)
    assert page.url.endswith(ADDRESS)
    assert page.evaluate(
        """node => {
            const x = node.getAttribute("transform").match(/[\\d.]+/)[0];
            const lines = [...document.querySelectorAll("[data-graph] line")];
            return lines.some((one) => [1, 2].some((end) => one.getAttribute(`x${end}`) === x));
        }""",
        node.element_handle(),
    )


def test_a_node_is_opened_in_place(windows: Windows) -> None:
    """A click adds what is around a node without loading the page, and Back takes it away."""
    page = windows.open(ADDRESS)
    page.evaluate("window.kept = true")
    nodes = page.locator("[data-node]")
    count = nodes.count()
    page.locator(NODE).locator("path").click()
    page.wait_for_url("**open=topic%3Atransformers")
    expect(page.locator(f"{NODE}.opened")).to_be_visible()
    expect(nodes).not_to_have_count(count)
    assert nodes.count() > count
    assert page.evaluate("window.kept")
    page.go_back()
    expect(page.locator(f"{NODE}.opened")).to_have_count(0)
    expect(nodes).to_have_count(count)
    assert page.evaluate("window.kept")


def test_nodes_move_to_their_new_places(windows: Windows) -> None:
    """With motion, a drawing that is replaced begins with the old places."""
    page = windows.open(ADDRESS)
    page.emulate_media(reduced_motion="no-preference")
    page.reload()
    page.get_by_role("link", name="Hide Institutions").click()
    page.wait_for_url("**hide=institution")
    page.get_by_role("link", name="Hide Papers").click()
    page.wait_for_url("**hide=paper*")
    expect(page.locator("[data-node^='paper:']")).to_have_count(0)
    expect(page.locator(NODE)).to_be_visible()


def test_the_keyboard_moves_between_nodes(windows: Windows) -> None:
    """The drawing is one Tab stop; arrows move the focus, Shift moves the node, Enter opens."""
    page = windows.open(ADDRESS)
    stops = page.locator("[data-graph] [tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    page.keyboard.press("ArrowRight")
    focused = page.locator("[data-node]:focus")
    expect(focused).to_have_count(1)
    key = str(focused.get_attribute("data-node"))
    assert key != "topic:attention"
    expect(page.locator("[data-graph].lit .near:not(line)").first).to_be_visible()
    before = _find_place(focused)
    page.keyboard.press("Shift+ArrowDown")
    assert _find_place(focused)[1] == pytest.approx(before[1] + 20)
    page.keyboard.press("Enter")
    page.wait_for_url("**open=*")
    expect(page.locator(f"[data-node='{key}'].opened")).to_have_count(1)


def test_years_are_chosen_in_place(windows: Windows) -> None:
    """The form of years changes the graph and the address, with the button too."""
    page = windows.open(ADDRESS)
    page.get_by_label("Papers from").fill("2018")
    page.get_by_label("Papers from").press("Enter")
    page.wait_for_url("**from=2018*")
    expect(page.get_by_role("link", name="All years")).to_be_visible()
    expect(page.get_by_label("Papers from")).to_have_value("2018")


def test_the_explorer_works_without_script(windows: Windows) -> None:
    """Nodes open, kinds hide and years apply by plain links and forms."""
    page = windows.open(ADDRESS, script=False)
    page.locator(NODE).locator("path").click()
    page.wait_for_url("**open=topic%3Atransformers*")
    page.get_by_role("link", name="Hide Papers").click()
    page.wait_for_url("**hide=paper*")
    expect(page.locator("[data-node^='paper:']")).to_have_count(0)
    page.get_by_label("Papers from").fill("2018")
    page.get_by_role("button", name="Apply").click()
    assert {"from=2018", "hide=paper"} <= set(page.url.partition("?")[2].split("&"))
    page.get_by_role("link", name="close", exact=False).first.click()
    assert "open=" not in page.url


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_drawings_fit_their_page(windows: Windows, width: int) -> None:
    """No page scrolls sideways, and the labels that are shown are inside the drawing."""
    for address in (ADDRESS, "/paper/vaswani-2017-attention"):
        page = windows.open(address, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        outside = page.evaluate(
            """() => {
                const frame = document.querySelector(".graph-frame").getBoundingClientRect();
                return [...document.querySelectorAll(".graph-frame text")]
                  .map((one) => [one.textContent, one.getBoundingClientRect()])
                  .filter(([, box]) => box.width)
                  .filter(([, box]) => box.left < frame.left || box.right > frame.right)
                  .map(([text]) => text);
            }"""
        )
        assert outside == []
