"""A real Chromium before the demo's real server, and what every page must pass.

`look` gives each case a language, a theme and a width: one of the eight looks, rotated from case to case; all eight
with `--all`. `page` is a page in that look; it fails its test on any error in the console. `site` is the demo.
"""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.letters import Reader, readers_of_letters
from tests.browser.passing import PATIENCE_MS
from tests.browser_finder import browser_here

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
#: People beside the standing cast, for tests that change something and for letters; for every look their own.
SPARE_PEOPLE, READERS = 40, 12
ADD_PEOPLE = "import django; django.setup(); from tests.browser.more_people import add; add({}, {})"
START_SECONDS = 180
#: Everybody has declined the survey, which stands before the first page of whoever has not; its own test takes it back.
PAST_THE_SURVEY = """
    INSERT INTO upstander_surveytaken (id, person_id, survey, cycle)
    SELECT lower(hex(randomblob(16))), person_id, 'pre-training', cycle FROM upstander_standing
    WHERE programme_id = 'page-b'
"""
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Look:
    """How a reader sees the page: language, theme, width in pixels."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"


OTHER = {"en": "es", "es": "en"}
LOOKS = [Look(*parts) for parts in product(("en", "es"), ("light", "dark"), (360, 1280))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "look" in metafunc.fixturenames:
        metafunc.parametrize("look", LOOKS, ids=str)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(str(item.path)).parents:
            item.add_marker(pytest.mark.browser)
    if not config.getoption("--all"):
        left_out = [item for item in items if not is_its_look(item)]
        items[:] = [item for item in items if is_its_look(item)]
        config.hook.pytest_deselected(items=left_out)


def is_its_look(item: pytest.Item) -> bool:
    """Whether a case has the one look that its name chooses; a case without looks has nothing to choose."""
    look = getattr(item, "callspec", None) and item.callspec.params.get("look")
    if look is None:
        return True
    case = item.nodeid.replace(str(look), "")
    return look == LOOKS[zlib.crc32(case.encode()) % len(LOOKS)]


@dataclass
class Site:
    """The demo as it runs for these tests; every test that changes something takes people of its own."""

    address: str
    environment: dict[str, str]
    spare: list[str] = field(default_factory=list)
    signed_in: dict[tuple[str, str], list] = field(default_factory=dict)

    def somebody(self) -> str:
        """The door's key of a person whom no other test has: the menu is open, nothing is begun."""
        return self.spare.pop()

    @property
    def database(self) -> Path:
        return Path(self.environment["UPSTANDER_DATA_DIR"]) / "upstander.sqlite3"

    def ask_the_survey(self, person_id: str) -> None:
        """Lets the survey stand before this person's first page again."""
        with closing(sqlite3.connect(self.database)) as database:
            database.execute("DELETE FROM upstander_surveytaken WHERE person_id = ?", [person_id])
            database.commit()

    def verb(self, *words: str) -> str:
        """What `upstander WORDS` prints on this site's data; fails the test where it fails."""
        return self.run("-m", "upstander.jobs.cli.main", *words)

    def run(self, *words: str) -> str:
        """What Python prints for these words on this site's data; fails the test where it fails."""
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Site]:
    """The demo, seeded in a folder of its own and served as it is served to anybody."""
    data, port = tmp_path_factory.mktemp("site"), _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTANDER_", "DJANGO_"))}
    environment["DJANGO_SETTINGS_MODULE"] = "upstander.config.settings"
    environment["UPSTANDER_DATA_DIR"] = str(data)
    environment["UPSTANDER_DEMO"] = "yes"
    environment["UPSTANDER_BASE_URL"] = f"http://127.0.0.1:{port}"
    site = Site(f"http://127.0.0.1:{port}", environment)
    site.verb("demo", "--prepare-only")
    times = len(LOOKS) if pytestconfig.getoption("--all") else 1
    site.run("-c", ADD_PEOPLE.format(SPARE_PEOPLE * times, READERS * times))
    with closing(sqlite3.connect(site.database)) as database:
        database.execute(PAST_THE_SURVEY)
        database.commit()
    site.spare = [f"spare-{number}" for number in range(SPARE_PEOPLE * times)]
    command = [sys.executable, "-m", "upstander.jobs.web_process", "127.0.0.1", str(port), "1"]
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, stdout=log)
    try:
        _wait(port, server, data / "server.log")
        yield site
    finally:
        server.terminate()
        server.wait(START_SECONDS)


@pytest.fixture(scope="session")
def readers(site: Site) -> dict[str, list[Reader]]:
    """People with letters, by language; every test takes its own."""
    return readers_of_letters(site)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait(port: int, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    pytest.fail(f"the site did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of this process."""
    flags = [*FLAGS, "--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else FLAGS
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_here(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: Site, look: Look) -> Iterator[Page]:
    """A page in the test's look, its language already chosen; an error in its console fails the test."""
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": look.width, "height": 800},
        color_scheme=look.theme,
        locale="en-US" if look.language == "en" else "es-US",
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "upstander_language", "value": look.language, "url": site.address}])
    opened, errors = context.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def enter(page: Page, look: Look, site: Site) -> Callable[[str], None]:
    """Signs in as one of the demo's people, through the door, in the test's language.

    The second time the first one's session is taken: a test that signs out takes `site.somebody()`.
    """

    def go_in(key: str) -> None:
        if (key, look.language) in site.signed_in:
            page.context.add_cookies(site.signed_in[key, look.language])
            return
        page.goto("/")
        if page.locator("html").get_attribute("lang") != look.language:
            page.locator(f'button[name="language"][value="{look.language}"]').first.click()
        page.locator(f'button[name="language"][value="{OTHER[look.language]}"]').first.wait_for()
        page.locator(f'button[name="key"][value="{key}"]').click()
        page.wait_for_url(lambda address: not address.endswith("/account/demo/"))
        if page.locator("html").get_attribute("lang") != look.language:
            page.locator(f'button[name="language"][value="{look.language}"]').first.click()
            page.locator(f'button[name="language"][value="{OTHER[look.language]}"]').first.wait_for()
        site.signed_in[key, look.language] = page.context.cookies()

    return go_in
