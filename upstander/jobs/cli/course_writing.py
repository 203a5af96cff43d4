"""The verbs of whoever writes a course as files: `course new`, `course preview`, `course translate-status`."""

import tomllib
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from upstander.actions.course_editions import files_in
from upstander.core.errors import Refusal
from upstander.core.translation_status import LANGUAGES, Status, followed_now, status
from upstander.delivery.registry import DELIVERIES
from upstander.jobs.cli import output
from upstander.jobs.course_preview import serve, write_site
from upstander.jobs.course_skeleton import write_course

#: Beside the courses of a content folder: which English text each translation follows.
FOLLOWED = "translations.toml"
Root = Annotated[Path | None, typer.Option(help="another content folder")]


def new(
    key: Annotated[str, typer.Argument(help="small letters, digits, hyphens")],
    root: Annotated[Path, typer.Option(help="the folder in which the course gets its own")] = Path(),
) -> None:
    """Writes a small new course, whole in both languages and without a fault, to be written over page by page.

    Example: upstander course new lab-safety --root my-courses
    """
    folder = write_course(key, root)
    output.show(str(folder))
    output.say(f"Written. Next: upstander course preview {key} --root {root}")


def preview(
    key: Annotated[str, typer.Argument(help="the course")],
    root: Root = None,
    port: Annotated[int, typer.Option(help="where it is served; 0 takes any free one")] = 8020,
    out: Annotated[Path | None, typer.Option(help="write the pages into this folder instead of serving them")] = None,
) -> None:
    """Shows a course to whoever writes it: every page open, both languages, each duty; it follows the files.

    Example: upstander course preview core --port 8020
    """
    folder = root or Path(settings.CONTENT_ROOT)
    _one_of(folder, key)
    if out is None:
        serve(folder, key, settings.INSTITUTION, port, output.say)
        return
    try:
        written = write_site(folder, key, settings.INSTITUTION, out)
    except OSError as problem:
        refusal = Refusal("folder-not-writable", {"folder": str(out), "because": problem.strerror or ""})
        raise refusal from problem
    output.show(str(out / "index.html"))
    output.say(f"{written} pages written.")


def translate_status(
    key: Annotated[str | None, typer.Argument(help="the course; all where none is named")] = None,
    root: Root = None,
    mark: Annotated[
        bool, typer.Option("--mark", help="note that translations follow the English as it is now")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="one object on stdout")] = False,
) -> None:
    """Says how far each translation is: what is missing, still in English, or older than the English it follows.

    Example: upstander course translate-status core
    """
    folder = root or Path(settings.CONTENT_ROOT)
    keys = [_one_of(folder, key)] if key else _keys(folder)
    files = {one: files_in(folder / one) for one in keys}
    if mark:
        _mark(folder, {one: followed_now(texts) for one, texts in files.items()})
    followed = _followed(folder)
    rows = {one: status(texts, followed.get(one, {})) for one, texts in files.items()}
    if json:
        courses = [{"key": one, "languages": [row.as_json() for row in found]} for one, found in rows.items()]
        output.emit({"courses": courses})
    else:
        _tell(rows)
    if any(row.open for found in rows.values() for row in found):
        raise typer.Exit(1)


def _keys(folder: Path) -> list[str]:
    return [key for delivery in DELIVERIES for key in delivery.course_keys(folder)]


def _one_of(folder: Path, key: str) -> str:
    if key not in _keys(folder):
        raise Refusal("no-such-course", {"course": key})
    return key


def _tell(rows: dict[str, list[Status]]) -> None:
    for key, found in rows.items():
        for row in found:
            counts = f"{row.pages} pages, {row.blocks} blocks, {row.items} items, {row.words} words"
            output.show(f"{key} {row.lang}: {row.percent} % ({counts})")
            for place, state in row.open.items():
                output.show(f"  {state}: {place}")


def _followed(folder: Path) -> dict:
    try:
        return tomllib.loads((folder / FOLLOWED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Refusal("file-unreadable", {"file": str(folder / FOLLOWED), "problem": str(problem)}) from problem


def _mark(folder: Path, now: dict[str, dict[str, dict[str, str]]]) -> None:
    kept = {**_followed(folder), **now}
    lines = ["# Which English text each translation follows; written by `upstander course translate-status --mark`."]
    for key in sorted(kept):
        for lang in (one for one in LANGUAGES if one in kept[key]):
            lines += ["", f"[{key}.{lang}]"]
            lines += [f'"{place}" = "{digest}"' for place, digest in kept[key][lang].items()]
    (folder / FOLLOWED).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
