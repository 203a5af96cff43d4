"""What pages weigh over the wire at the first visit: `python benchmarks/page_weight.py`.

Every page of every course in low-bandwidth mode, in both languages, with its one stylesheet; a section as it is read
from its first page to its last, the stylesheet once. And My training and the heaviest lesson in the ordinary mode,
with all that they fetch. Bytes are those of whole answers, headers included, compressed as a browser asks for it.
The bars: 30 KB a page and 100 KB a section in low-bandwidth mode; 90 KB and 10 requests in the ordinary one.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urljoin

from measuring import ROOT, machine, row, run_verb

LANGUAGES = ("en", "es")
START_SECONDS = 60
_LINKED = re.compile(r'<link rel="(?:stylesheet|icon)"[^>]*?href="([^"]+)"|<script[^>]*? src="([^"]+)"')
_FONT = re.compile(r'url\("?([^")]+\.woff2)"?\)')


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"UPSTANDER_DATA_DIR": folder, "UPSTANDER_DEMO": "yes"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstander.config.settings")
        run_verb("demo", "--prepare-only")
        import django  # noqa: PLC0415 (the settings read the environment that is set by now)

        django.setup()
        cookie = reader()
        with site() as port:
            measure(Wire(port, cookie))


def reader() -> str:
    """The session of somebody of the demo who has read every page of every course."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from django.test import Client  # noqa: PLC0415

    from upstander.actions import learning  # noqa: PLC0415
    from upstander.actions.accounts import account_of  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.delivery import catalogue  # noqa: PLC0415
    from upstander.models import Person  # noqa: PLC0415
    from upstander.web.learner.survey_way import LATER  # noqa: PLC0415

    now = datetime.now(UTC)
    moment = Moment(at=now, day=now.date())
    account = account_of(Person.objects.order_by("pk")[0])
    for card in catalogue.courses("en"):
        outline = catalogue.edition(card.key, "en").outline
        enrolment = learning.begin(account.person_id, outline, moment)
        for page in outline.pages:
            learning.page_seen(enrolment, page, outline, moment)
    client = Client()
    client.force_login(account)
    session = client.session
    session[LATER] = True
    session.save()
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


class Wire:
    """The site as a browser hears it: whole answers in bytes."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie

    def weight(self, path: str, cookies: str = "") -> tuple[int, str]:
        """How many bytes the answer has with its headers, and its text (uncompressed in a second question)."""
        return self._ask(path, cookies, "gzip, deflate, br")[0], self._ask(path, cookies, "identity")[1]

    def _ask(self, path: str, cookies: str, encoding: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Cookie": f"{self.cookie}; {cookies}", "Accept-Encoding": encoding})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + len("HTTP/1.1 200 OK\r\n\r\n")
        return head + len(body), body.decode("utf-8", "replace")


def fetched(page: str) -> list[str]:
    """The addresses that a page has the browser fetch."""
    found = [first or second for first, second in _LINKED.findall(page)]
    return [address for address in dict.fromkeys(found) if not address.startswith("data:")]


def measure(wire: Wire) -> None:
    """Prints the table; ends with 1 where a bar is missed."""
    row(f"low-bandwidth mode; {machine()}", "pages", "heaviest page", "heaviest section")
    missed = [line for key, lang in courses() for line in lean(wire, key, lang)]
    row("ordinary mode, first visit", "requests", "weight")
    heaviest = max(
        (f"/learn/{key}/{ref}/" for key, lang in courses() if lang == "es" for ref in pages(key, lang)),
        key=lambda path: wire.weight(path, "upstander_language=es")[0],
    )
    missed += [line for path in ("/my-training/", heaviest) for line in ordinary(wire, path)]
    for line in missed:
        print(f"MISSED {line}")  # noqa: T201
    raise SystemExit(1 if missed else 0)


def courses() -> list[tuple[str, str]]:
    from upstander.delivery import catalogue  # noqa: PLC0415

    return [(card.key, lang) for card in catalogue.courses("en") for lang in LANGUAGES]


def pages(key: str, lang: str) -> list[str]:
    from upstander.delivery import catalogue  # noqa: PLC0415

    return [page.ref for page in catalogue.edition(key, lang).pages]


def lean(wire: Wire, key: str, lang: str) -> list[str]:
    """One course in low-bandwidth mode; what misses a bar."""
    cookies = f"upstander_language={lang}; upstander_reading=light-100"
    weights: dict[str, int] = {}
    sheet = 0
    for path in ("", "assessment/", "search/?q=a", *(f"{ref}/" for ref in pages(key, lang))):
        weights[path], page = wire.weight(f"/learn/{key}/{path}", cookies)
        asked = fetched(page)
        if len(asked) != 1:
            return [f"{key} {lang} {path}: fetches {asked}"]
        sheet = sheet or wire.weight(asked[0])[0]
    sections: dict[str, int] = {}
    for ref in pages(key, lang):
        name = ref.split("/")[0]
        sections[name] = sections.get(name, sheet) + weights[f"{ref}/"]
    page, section = max(weights.values()) + sheet, max(sections.values())
    row(f"  {key} {lang}", str(len(weights)), kilobytes(page), kilobytes(section))
    bars = ((page, 30, "page"), (section, 100, "section"))
    return [f"{key} {lang}: a {what} of {kilobytes(one)}" for one, bar, what in bars if one > bar * 1024]


def ordinary(wire: Wire, path: str) -> list[str]:
    """One page with everything it fetches, fonts included; what misses a bar."""
    total, page = wire.weight(path, "upstander_language=es")
    asked = fetched(page)
    requests = 1
    for address in asked:
        weight, text = wire.weight(address)
        total, requests = total + weight, requests + 1
        for font in _FONT.findall(text) if address.endswith(".css") else []:
            total, requests = total + wire.weight(urljoin(address, font))[0], requests + 1
    row(f"  {path}", str(requests), kilobytes(total))
    return [f"{path}: {requests} requests, {kilobytes(total)}"] if requests > 10 or total > 90 * 1024 else []


def kilobytes(size: int) -> str:
    return f"{size / 1024:.1f} KB"


@contextmanager
def site() -> Iterator[int]:
    """The site as it is served to anybody, on a free port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "upstander.jobs.web_process", "127.0.0.1", str(port), "1"], cwd=ROOT
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                Wire(port, "").weight("/healthz")
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(START_SECONDS)


if __name__ == "__main__":
    main()
