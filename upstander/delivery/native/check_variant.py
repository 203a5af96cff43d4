"""Where an institution asks for a variant of Spanish: every word of a course that its rules cannot bring along."""

from pathlib import Path

from upstander.delivery.native.problems import Found
from upstander.words import variant

KINDS = ("*.md", "*.toml", "media/*.toml")


def check_variant(folder: Path, name: str, found: Found) -> None:
    """Puts on the list, with its line, what the variant of this name would say with a wrong gender, or not at all."""
    said = variant.variant(name)
    for path in sorted({path for kind in KINDS for path in folder.glob(kind)}):
        for number, text in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
            for words in [*said.unclear(text), *said.left(said.say(text))]:
                found.add("variant-unclear", path, number, words=words, variant=name)
