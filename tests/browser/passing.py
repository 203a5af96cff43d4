"""What every page must pass: no accessibility violation, no sideways scrolling, one language throughout."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: How long a state may take that will come, however busy the machine is.
PATIENCE_MS = 90_000
#: Only what is violated is told of in full; what passes is looked at all the same.
RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
LOW_TARGETS = """() => {
  const pressed = "button, summary, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox]), "
    + "label:has([type=radio], [type=checkbox]), a[href]";
  const inSentence = (one) => one.matches("a, .as-link") && one.closest("p, li, dd, td, figcaption")
    && one.closest("p, li, dd, td, figcaption").innerText.trim() !== one.innerText.trim();
  return [...document.querySelectorAll(pressed)]
    .filter((one) => one.checkVisibility() && !one.closest("svg, .visually-hidden, .skip") && !inSentence(one))
    .map((one) => [one.innerText.trim() || one.name, one.getBoundingClientRect().height])
    .filter(([, height]) => height < 43.9);
}"""
PICTURES = Path(__file__).resolve().parent / "screenshots"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def passed_by_axe(page: Page) -> None:
    """Fails with each violation of WCAG 2.2 A and AA that axe finds, and where."""
    page.evaluate(_axe())
    found = page.evaluate(RUN_AXE, WCAG)
    violations = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert violations == [], f"{page.url}\n" + "\n".join(violations)


def fits_its_width(page: Page) -> None:
    """Fails where the page has to be scrolled sideways."""
    wide, window = page.evaluate("document.scrollingElement.scrollWidth"), page.viewport_size["width"]
    assert wide <= window, f"{page.url}: {wide} px in a window of {window}"


def suits_a_thumb(page: Page) -> None:
    """Fails where something to press is less than 44 px high; a link within a sentence is as high as its line."""
    low = page.evaluate(LOW_TARGETS)
    assert low == [], f"{page.url}: {low}"


def stands(page: Page, language: str) -> None:
    """Fails where the page is not whole: its language, one heading of the first order, a main part, axe, its width."""
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1, page.url
    assert page.locator("main").count() == 1, page.url
    fits_its_width(page)
    passed_by_axe(page)


def picture(page: Page, name: str) -> Path:
    """A screenshot of the whole page beside the tests (never tracked)."""
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
