"""Older and authored editions as folders of files, so that every edition is read by the same loader."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from upstander.core.course_source import TEXT_ENDINGS
from upstander.models import CourseEdition
from upstander.queries.course_editions import files_of


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Writes the texts under the folder; their paths are known to stay in it (`course_source.is_safe_path`)."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")


def root_of(edition: CourseEdition, shipped: Path) -> Path:
    """The content folder that holds this edition alone: `DATA_DIR/courses/KEY/EDITION-DIGEST/`.

    It is made once, whole or not at all, however many processes ask for it. Files that are no text (sounds, films)
    are those of the shipped folder.
    """
    root = Path(settings.DATA_DIR) / "courses" / edition.course_key / f"{edition.edition}-{edition.digest[:12]}"
    if not root.is_dir():
        root.parent.mkdir(parents=True, exist_ok=True)
        _make(root, edition, shipped)
    return root


def _make(root: Path, edition: CourseEdition, shipped: Path) -> None:
    """Writes beside the place and moves there in one step; whoever comes second throws its own away."""
    made = Path(mkdtemp(prefix=".making-", dir=root.parent))
    try:
        write_files(made / edition.course_key, files_of(edition))
        link_the_rest(shipped / edition.course_key, made / edition.course_key)
        made.chmod(0o755)
        os.rename(made, root)
    except OSError:
        if not root.is_dir():
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def link_the_rest(source: Path, folder: Path) -> None:
    """Puts beside the texts what is no text (sounds, films), as links where the system lets us."""
    for path in sorted(source.rglob("*")) if source.is_dir() else []:
        place = folder / path.relative_to(source)
        if not path.is_file() or path.suffix in TEXT_ENDINGS or place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.symlink_to(path.resolve())
        except OSError:  # where links are not allowed
            shutil.copyfile(path, place)
