"""Two editions of the tiny course, for the tests of what a new edition does to people in the middle of the old one."""

from pathlib import Path

from tests.cast import MOMENT
from tests.learners import course_of
from upstander.actions.course_editions import record_shipped
from upstander.core.days import Moment
from upstander.delivery.native.pieces import Course

OLD, NEW = "2026.1", "2026.2"
#: What the second edition changes: the words of the second page, in both languages.
STORY = {"en/one.md": ("Before the story.", "Before the new story."), "es/one.md": ("Antes", "Justo antes")}
#: The same, and the page with the drawing.
BOTH = {**STORY, "en/two.md": ("Two and two.", "Two and two, once more."), "es/two.md": ("Dos y dos.", "Dos más dos.")}


def change(folder: Path, changes: dict[str, tuple[str, str]]) -> None:
    """Replaces a text in each of these files of a course's folder."""
    for name, (old, new) in changes.items():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def next_edition(
    root: Path, key: str, changes: dict, edition: str = NEW, weight: str = "material", moment: Moment = MOMENT
) -> Course:
    """The next shipped edition of a course with these changes, on record and current."""
    folder = root / key
    neutral = folder / "course.toml"
    lines = neutral.read_text(encoding="utf-8").split("\n")
    lines = [f'edition = "{edition}"' if line.startswith("edition =") else line for line in lines]
    before = "\n".join(lines).split("[change]")[0].rstrip()
    neutral.write_text(f'{before}\n\n[change]\nclass = "{weight}"\n', encoding="utf-8")
    for lang, words in (("en", "The story was told anew."), ("es", "La historia se cuenta de nuevo.")):
        path = folder / lang / "course.toml"
        kept = "\n".join(
            line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("change =")
        )
        path.write_text(f'change = "{words}"\n{kept}', encoding="utf-8")
    change(folder, changes)
    record_shipped(root, moment)
    return course_of(key)
