"""A new course as files: small, whole in both languages, and free of faults, to be written over page by page."""

from pathlib import Path

from upstander.core.course_source import is_course_key
from upstander.core.errors import Refusal

SKELETON = Path(__file__).resolve().parent.parent / "content" / "skeleton" / "files"


def write_course(key: str, root: Path) -> Path:
    """Writes the files of a new course into `root/KEY` and returns that folder.

    Refuses with `course-key-bad`, `course-exists` (also a key of the product's own courses) or `folder-not-writable`.
    """
    if not is_course_key(key):
        raise Refusal("course-key-bad", {"course": key})
    folder = root / key
    if folder.exists() or (SKELETON.parents[1] / key).exists():
        raise Refusal("course-exists", {"course": key})
    try:
        for source in sorted(path for path in SKELETON.rglob("*") if path.is_file()):
            place = folder / source.relative_to(SKELETON)
            place.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8").replace("[[key]]", key)
            place.write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        refusal = Refusal("folder-not-writable", {"folder": str(folder), "because": problem.strerror or ""})
        raise refusal from problem
    return folder
