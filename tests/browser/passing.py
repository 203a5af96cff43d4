"""What every page must pass: no accessibility violation, no sideways scrolling, one language throughout."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PICTURES = Path(__file__).resolve().parent / "screenshots"


def passed_by_axe(page: Page) -> None:
    """Fails with each violation of WCAG 2.2 A and AA that axe finds, and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    violations = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert violations == [], f"{page.url}\n" + "\n".join(violations)


def fits_its_width(page: Page) -> None:
    """Fails where the page has to be scrolled sideways."""
    wide, window = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{page.url}: {wide} px in a window of {window}"


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
