"""Publishing an edition written in the browser: checked whole as a folder of files, then put on record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from upstander.actions import course_editions
from upstander.core.course_source import is_course_key, is_safe_path
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.delivery.editions import link_the_rest, write_files
from upstander.delivery.native.check import check_course
from upstander.delivery.native.problems import Problem
from upstander.models import CourseEdition
from upstander.queries.in_force import forget


@contextmanager
def laid_out(course_key: str, files: Mapping[str, str]) -> Iterator[Path]:
    """A content folder that lasts as long as the block and holds one course of these texts.

    Paths that would leave the course's folder are left out. Refuses `edition-broken` for a key that is none.
    """
    if not is_course_key(course_key):
        raise Refusal("edition-broken", {"problems": [f"{course_key}: not a key of a course"]})
    with TemporaryDirectory(prefix="upstander-course-") as name:
        root = Path(name).resolve()
        write_files(root / course_key, {path: files[path] for path in files if is_safe_path(path)})
        link_the_rest(course_folder(course_key), root / course_key)
        yield root


def course_folder(course_key: str) -> Path:
    """The folder in which the shipped files of a course lie, if it was shipped."""
    return catalogue.content_root() / course_key


def problems_of(course_key: str, files: Mapping[str, str]) -> list[Problem]:
    """Everything that `course check` finds wrong with these texts."""
    with laid_out(course_key, files) as root:
        return check_course(root, course_key, settings.INSTITUTION)[1]


def publish(
    course_key: str,
    edition: str,
    files: Mapping[str, str],
    change: str,
    says: Mapping[str, str],
    by: str,
    reviewed_by: str,
    moment: Moment,
) -> CourseEdition:
    """Checks the edition, puts it on record and makes it the current one.

    Refusals: `edition-broken` {problems}, each `file:line: sentence`; those of `actions.course_editions.publish`.
    """
    problems = problems_of(course_key, files)
    if problems:
        raise Refusal("edition-broken", {"problems": [f"{p.file}:{p.line}: {p.sentence()}" for p in problems]})
    row = course_editions.publish(course_key, edition, files, change, says, by, reviewed_by, moment)
    forget()
    return row
