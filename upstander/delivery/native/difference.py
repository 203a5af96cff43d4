"""What changed between two folders of one course: its pages, its items."""

from pathlib import Path

from upstander.actions.course_editions import files_in
from upstander.core import course_source


def changed_pages(old_folder: Path, new_folder: Path) -> tuple[str, ...]:
    """The pages (`section/page`) of the new folder that are new, or whose text changed in a language that both have."""
    return course_source.changed_pages(files_in(old_folder), files_in(new_folder))


def changed_items(old_folder: Path, new_folder: Path) -> tuple[str, ...]:
    """The items of the new folder that are new, or whose words changed in a language that both have."""
    return course_source.changed_items(files_in(old_folder), files_in(new_folder))
