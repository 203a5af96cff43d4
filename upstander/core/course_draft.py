"""What a draft of a course may hold: its files, how many and how long; the files of a course that begins."""

from collections.abc import Mapping

from upstander.core.course_source import is_course_key, is_edition, is_safe_path
from upstander.core.errors import Refusal

#: A course is some twenty files; its longest are banks of questions.
MOST_FILES = 300
LONGEST_FILE = 400_000
LONGEST_COURSE = 6_000_000
#: Addresses of the desk that no course can have.
RESERVED = frozenset({"new", "upload", "drafts"})
_NEUTRAL = """\
# What is the same in every language: the order, the objectives, and how the check is drawn.
key = "{key}"
edition = "{edition}"
roles = ["employee", "student"]
pass_percent = 80
sequence = "in-order"
check = "check"

[[objectives]]
id = "O1"

[[sections]]
id = "start"
objectives = ["O1"]

[[form]]
objective = "O1"
count = 1
kinds = ["single"]
"""
_SPOKEN = {
    "en": """\
title = {title}
summary = ""
who_for = ""
format = "Text, short scenarios with feedback, a check"
topics = []
content_note = ""

[objectives]
O1 = ""

[sections]
start = "To begin with"
""",
    "es": """\
title = {title}
summary = ""
who_for = ""
format = "Texto, situaciones breves con comentarios y una comprobación"
topics = []
content_note = ""

[objectives]
O1 = ""

[sections]
start = "Para empezar"
""",
}
_PAGE = {"en": "## The first page {#first}\n", "es": "## La primera página {#first}\n"}


def check_key(key: str) -> None:
    """Refuses `course-key-unfit` {course}."""
    if not is_course_key(key) or key in RESERVED:
        raise Refusal("course-key-unfit", {"course": key})


def check_edition(edition: str) -> None:
    """Refuses `course-edition-unfit` {edition}."""
    if not is_edition(edition):
        raise Refusal("course-edition-unfit", {"edition": edition})


def check_file(path: str, text: str) -> None:
    """Refuses `course-path-unfit` {path} and `course-file-too-large` {path, limit}."""
    if not is_safe_path(path) or path.count("/") > 1:
        raise Refusal("course-path-unfit", {"path": path})
    if len(text) > LONGEST_FILE:
        raise Refusal("course-file-too-large", {"path": path, "limit": LONGEST_FILE})


def check_files(files: Mapping[str, str]) -> None:
    """Refuses what `check_file` refuses, `course-too-large` {limit} and `course-not-a-course` without `course.toml`."""
    if "course.toml" not in files:
        raise Refusal("course-not-a-course")
    if len(files) > MOST_FILES or sum(map(len, files.values())) > LONGEST_COURSE:
        raise Refusal("course-too-large", {"limit": LONGEST_COURSE, "files": MOST_FILES})
    for path, text in files.items():
        check_file(path, text)


def first_files(key: str, titles: Mapping[str, str], edition: str) -> dict[str, str]:
    """The files of a course that has a title in each language and one empty page."""
    files = {"course.toml": _NEUTRAL.format(key=key, edition=edition)}
    for lang, spoken in _SPOKEN.items():
        title = '"' + titles[lang].replace("\\", "").replace('"', "”") + '"'
        files |= {f"{lang}/course.toml": spoken.format(title=title), f"{lang}/start.md": _PAGE[lang]}
        files[f"{lang}/bank.toml"] = ""
    return files


def next_edition(taken: set[str], year: int) -> str:
    """The name of the form YEAR.N that follows every such name that an edition or a draft has."""
    numbers = [name.removeprefix(f"{year}.") for name in taken if name.startswith(f"{year}.")]
    return f"{year}.{max((int(one) for one in numbers if one.isascii() and one.isdecimal()), default=0) + 1}"
