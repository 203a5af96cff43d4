"""The options, equivalencies and requirement of a programme file."""

from collections.abc import Mapping

from upstander.core.cycle_file import read_rounding, rounding_of
from upstander.core.cycles import Cycles, NamedCycles, OwnCycles
from upstander.core.programme_reader import Reader
from upstander.core.requirement import Equivalency, Option, Part
from upstander.core.update_file import read_updates

#: More limited equivalencies than this are refused: which of them to use is tried out for each person.
MOST_LIMITED = 12
DEEPEST = 4
OPTION_KEYS = {"course", "label", "minutes", "topics", "withdrawn_on", "minimum_minutes", "updates", "in_person"}
PART_KEYS = {
    "key", "title", "when", "complete", "of", "parts", "minutes", "topics", "within_months", "rounding",
}  # fmt: skip


def read_options(reader: Reader, document: Mapping) -> tuple[Option, ...]:
    """The courses that count."""
    options = []
    for place, entry in enumerate(reader.tables(document, "options", "")):
        path = f"options[{place}]."
        reader.unknown_keys(entry, OPTION_KEYS, path)
        label = entry.get("label", "")
        if not isinstance(label, str):
            reader.wrong(f"{path}label", "must be text")
            label = ""
        options.append(
            Option(
                reader.name(entry, "course", path),
                label,
                reader.whole(entry, "minutes", path, None, 1),
                reader.names(entry, "topics", path) if "topics" in entry else (),
                reader.day(entry, "withdrawn_on", path, required=False),
                reader.whole(entry, "minimum_minutes", path, None, 1),
                read_updates(reader, entry, path),
                reader.flag(entry, "in_person", path),
            )
        )
    if not options:
        reader.wrong("options", "at least one course is needed")
    reader.unique("options", [option.course_key for option in options])
    return tuple(options)


def read_equivalencies(
    reader: Reader, document: Mapping, options: tuple[Option, ...], cycles: Cycles
) -> tuple[Equivalency, ...]:
    """The courses that count as an option, one way only."""
    found = []
    for place, entry in enumerate(reader.tables(document, "equivalencies", "")):
        path = f"equivalencies[{place}]."
        reader.unknown_keys(entry, {"course", "counts_as", "from_on", "to_on", "cycles", "at_most"}, path)
        rule = Equivalency(
            reader.name(entry, "course", path),
            reader.choice(entry, "counts_as", path, tuple(option.course_key for option in options) or ("",)),
            reader.day(entry, "from_on", path, required=False),
            reader.day(entry, "to_on", path, required=False),
            reader.names(entry, "cycles", path, _cycle_keys(cycles)) if "cycles" in entry else (),
            reader.whole(entry, "at_most", path, None, 1),
        )
        if rule.course_key == rule.counts_as:
            reader.wrong(f"{path}counts_as", "is the course itself")
        if rule.from_on and rule.to_on and rule.to_on < rule.from_on:
            reader.wrong(f"{path}to_on", "stands before from_on")
        if rule.cycles and isinstance(cycles, OwnCycles):
            reader.wrong(f"{path}cycles", "has no sense where cycles are each person's own")
        found.append(rule)
    if sum(1 for rule in found if rule.at_most) > MOST_LIMITED:
        reader.wrong("equivalencies", f"at most {MOST_LIMITED} of them may be limited with at_most")
    return tuple(found)


def _cycle_keys(cycles: Cycles) -> tuple[str, ...] | None:
    """The keys that cycles can have, where the file itself names them."""
    return tuple(period.key for period in cycles.periods) if isinstance(cycles, NamedCycles) else None


def read_requirement(
    reader: Reader, document: Mapping, options: tuple[Option, ...], cycles: Cycles
) -> tuple[int, tuple[Part, ...]]:
    """How many are needed, and the parts; without parts it is so many of the options."""
    table = reader.table(document, "requirement", "", {"complete", "parts"})
    parts = _Parts(reader, options, cycles).read(table, "requirement.", 1) if "parts" in table else ()
    if "parts" in table and not parts:
        reader.wrong("requirement.parts", "at least one part is needed")
    among = len(parts) or len(options)
    if parts and table.get("complete", "all") == "all":
        need = among
    else:
        need = reader.whole(table, "complete", "requirement.", 1, 1) or 1
    if among and need > among:
        reader.wrong("requirement.complete", f"asks for {need} of {among} {'parts' if parts else 'courses'}")
    reader.unique("requirement.parts", [part.key for outer in parts for part in outer.every()])
    return need, parts


class _Parts:
    """Reads the parts of a requirement, and the parts inside them."""

    def __init__(self, reader: Reader, options: tuple[Option, ...], cycles: Cycles) -> None:
        self.reader, self.cycles = reader, cycles
        self.courses = tuple(option.course_key for option in options) or ("",)
        self.topics = tuple(sorted({topic for option in options for topic in option.topics}))

    def read(self, holder: Mapping, path: str, depth: int) -> tuple[Part, ...]:
        """The [[…parts]] of a table, in the file's order."""
        entries = self.reader.tables(holder, "parts", path)
        if entries and depth > DEEPEST:
            self.reader.wrong(f"{path}parts", f"parts within parts go {DEEPEST} deep and no further")
            return ()
        return tuple(self._part(entry, f"{path}parts[{place}].", depth) for place, entry in enumerate(entries))

    def _part(self, entry: Mapping, path: str, depth: int) -> Part:
        reader = self.reader
        reader.unknown_keys(entry, PART_KEYS, path)
        if sum(1 for key in ("of", "parts", "minutes") if key in entry) != 1:
            reader.wrong(f"{path}of", "exactly one of `of`, `parts` and `minutes` says what the part asks for")
        of = reader.names(entry, "of", path, self.courses) if "of" in entry else ()
        reader.unique(f"{path}of", list(of))
        parts = self.read(entry, path, depth + 1)
        return Part(
            key=reader.name(entry, "key", path),
            title=reader.words(entry, "title", path),
            when=reader.condition(entry["when"], f"{path}when") if "when" in entry else None,
            complete=self._complete(entry, path, len(of) or len(parts)),
            of=of,
            parts=parts,
            **self._minutes(entry, path),
        )

    def _complete(self, entry: Mapping, path: str, among: int) -> int | None:
        if entry.get("complete", "all") == "all":
            return None
        if "minutes" in entry:
            self.reader.wrong(f"{path}complete", "goes with `of` or `parts`, not with minutes")
        need = self.reader.whole(entry, "complete", path, None, 1)
        if need and among and need > among:
            self.reader.wrong(f"{path}complete", f"asks for {need} of {among}")
        return need

    def _minutes(self, entry: Mapping, path: str) -> dict:
        if "minutes" not in entry:
            for key in ("topics", "within_months", "rounding"):
                if key in entry:
                    self.reader.wrong(f"{path}{key}", "goes with minutes only")
            return {}
        within = self.reader.whole(entry, "within_months", path, None, 1)
        if within and isinstance(self.cycles, OwnCycles) and self.cycles.counted_from == "completion":
            self.reader.wrong(f"{path}within_months", "cannot go with cycles counted from completion: leave it out")
        rounding = read_rounding(self.reader, entry, path, rounding_of(self.cycles)) if within else "last-day"
        return {
            "minutes": self.reader.whole(entry, "minutes", path, None, 1),
            "topics": self.reader.names(entry, "topics", path, self.topics or ("",)),
            "within_months": within,
            "rounding": rounding,
        }
