"""A course as its writer looks at it: every page, for each language and duty, served or written out."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from upstander.core.bank import Choice, Item
from upstander.core.colour import accent
from upstander.core.duty import DUTIES
from upstander.core.errors import Refusal
from upstander.delivery.native.check import check_course
from upstander.delivery.native.loader import languages_of, read_course
from upstander.delivery.native.markup import placeholders
from upstander.delivery.native.media import media_place, media_type
from upstander.delivery.native.pieces import Answer, Block, Course, Media, Page, Question
from upstander.delivery.native.problems import Found

PACKAGE = Path(__file__).resolve().parent.parent
STYLES = ("upstander.css", "parts.css", "player.css", "explainer.css", "preview.css", "explainer.js", "preview.js")
MARKS = {True: "✓", False: "✗"}
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}


class Preview:
    """The pages of one course by their path; read anew whenever a file of it has changed."""

    def __init__(self, root: Path, key: str, institution: Mapping, live: bool) -> None:
        self.folder, self.key, self.institution, self.live = root / key, key, institution, live
        self._root, self._stamp, self._courses = root, "", {}

    def stamp(self) -> str:
        """What differs once a file has changed, come or gone."""
        files = [path.stat() for path in sorted(self.folder.rglob("*")) if path.is_file()]
        return f"{len(files)}-{max((stat.st_mtime_ns for stat in files), default=0)}"

    def courses(self) -> dict[str, Course]:
        """The course in each language it has."""
        if self._stamp != (now := self.stamp()):
            self._stamp = now
            self._courses = {
                lang: read_course(self._root, self.key, lang, placeholders(self.institution, lang), Found(self._root))
                for lang in languages_of(self._root, self.key)
            }
        return self._courses

    def paths(self) -> Iterator[str]:
        """Every page: the way in, and for each language and duty the start, the pages and the bank."""
        yield "index.html"
        for lang, course in self.courses().items():
            for duty in DUTIES:
                yield f"{lang}/{duty}/index.html"
                yield f"{lang}/{duty}/bank.html"
                yield from (f"{lang}/{duty}/{page.ref}.html" for page in course.pages)

    def page(self, path: str) -> str | None:
        """The HTML at a path; None where there is none."""
        courses = self.courses()
        if path == "index.html":
            first = next(iter(courses), "en")
            return f'<!doctype html><meta http-equiv="refresh" content="0; url={first}/{DUTIES[0]}/index.html">'
        lang, _, rest = path.partition("/")
        duty, _, ref = rest.removesuffix(".html").partition("/")
        if lang not in courses or duty not in DUTIES or not path.endswith(".html"):
            return None
        course = courses[lang]
        shown = course.page(ref)
        if shown is None and ref not in {"index", "bank"}:
            return None
        with override(lang):
            return render_to_string("player/preview.html", self._context(course, duty, ref, shown))

    def asset(self, path: str) -> Path | None:
        """A stylesheet, script, font, film or its captions."""
        kind, _, name = path.partition("/")
        if kind == "media":
            return media_place(self.folder, name)
        place = PACKAGE / "web" / "static" / name if name in STYLES else PACKAGE / "assets" / name
        known = kind == "static" and (name in STYLES or name.startswith("fonts/")) and ".." not in name
        return place if known and place.is_file() else None

    def theme(self) -> str:
        """The institution's colour."""
        colours = accent(self.institution.get("accent", "#0b5a5c"), self.institution.get("accent_dark", ""))
        dark = f"--accent:{colours.dark};--on-accent:{colours.on_dark}"
        light = f"--accent:{colours.light};--on-accent:{colours.on_light}"
        return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"

    def _context(self, course: Course, duty: str, ref: str, shown: Page | None) -> dict:
        pages = course.pages
        at = pages.index(shown) if shown else -1
        up = "../" * (3 if shown else 2)
        problems = check_course(self._root, self.key, self.institution)[1] if ref == "index" else []
        return {
            "course": course,
            "page": shown,
            "is_bank": ref == "bank",
            "ref": ref,
            "up": up,
            "here": f"{up}{course.lang}/{duty}/",
            "duty": duty,
            "duties": [(one, f"{up}{course.lang}/{one}/{ref}.html") for one in DUTIES],
            "languages": [(lang, f"{up}{lang}/{duty}/{ref}.html") for lang in self.courses()],
            "styles": ("upstander", "parts", "player", "explainer", "theme", "preview"),
            "blocks": [(block, _answers(block, duty)) for block in (shown.blocks if shown else ())],
            "items": [(item, _groups(item, duty)) for item in course.items.values()] if ref == "bank" else [],
            "before": pages[at - 1] if at > 0 else None,
            "after": pages[at + 1] if shown and at + 1 < len(pages) else (None if shown else pages[:1] and pages[0]),
            "problems": problems,
            "live": self.live,
        }


def _answers(block: Block, duty: str) -> list[tuple[Answer, str]]:
    answers = block.answers if isinstance(block, Question) else ()
    return [(answer, answer.variants.get(duty, "")) for answer in answers]


def _groups(item: Item, duty: str) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """The parts of an item under their prompts: a mark, the text, what is said of it, and what is said to this duty."""

    def marked(choices: tuple[Choice, ...]) -> list[tuple[str, str, str, str]]:
        return [(MARKS[one.correct], one.text, one.feedback, one.variants.get(duty, "")) for one in choices]

    if item.branches:
        return [(branch.prompt, marked(branch.options)) for branch in item.branches]
    pairs = [("↔", mark_safe(f"{pair.left} → {pair.right}"), pair.feedback, "") for pair in item.pairs]
    steps = [(f"{number}.", step.text, step.feedback, "") for number, step in enumerate(item.steps, 1)]
    return [("", [*marked(item.options), *pairs, *steps])]


def write_site(root: Path, key: str, institution: Mapping, out: Path) -> int:
    """Writes every page with its styles and films into a folder that opens without a server; returns how many pages."""
    preview = Preview(root, key, institution, live=False)
    paths = list(preview.paths())
    for path in paths:
        _write(out / path, preview.page(path) or "")
    _write(out / "static" / "theme.css", preview.theme())
    for name in STYLES:
        shutil.copyfile(PACKAGE / "web" / "static" / name, out / "static" / name)
    for font in sorted((PACKAGE / "assets" / "fonts").glob("*.woff2")):
        (out / "static" / "fonts").mkdir(exist_ok=True)
        shutil.copyfile(font, out / "static" / "fonts" / font.name)
    for file in sorted(_media_files(preview)):
        place = preview.asset(f"media/{file}")
        if place:
            (out / "media").mkdir(exist_ok=True)
            shutil.copyfile(place, out / "media" / file)
    return len(paths)


def _media_files(preview: Preview) -> set[str]:
    pages = [page for course in preview.courses().values() for page in course.pages]
    shown = [block for page in pages for block in page.blocks if isinstance(block, Media)]
    return {file for block in shown for file in (block.file, block.captions) if file}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def serve(root: Path, key: str, institution: Mapping, port: int, say: Callable[[str], None]) -> None:
    """Serves the pages on this machine until it is stopped. Refuses `port-taken`."""
    preview = Preview(root, key, institution, live=True)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _handler(preview))
    except OSError as problem:
        raise Refusal("port-taken", {"host": "127.0.0.1", "port": port}) from problem
    say(f"http://127.0.0.1:{server.server_address[1]}/ (Ctrl-C stops)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _handler(preview: Preview) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers with a page, a style, a film, or the stamp of the files."""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0].lstrip("/") or "index.html"
            if path == "changed":
                return self._answer(preview.stamp().encode(), "text/plain")
            if path == "static/theme.css":
                return self._answer(preview.theme().encode(), "text/css")
            asset = preview.asset(path)
            if asset:
                kind = TYPES.get(asset.suffix) or media_type(asset.name)
                return self._answer(asset.read_bytes(), kind)
            text = preview.page(path)
            return self._answer((text or "404").encode(), "text/html", 200 if text else 404)

        def _answer(self, body: bytes, kind: str, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind if "charset" in kind else f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing: a preview has no log."""

    return Handler
