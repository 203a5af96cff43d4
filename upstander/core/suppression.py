"""Small cells, and what could be derived from them: what of a set of tables may be printed (rows B04, B19).

The guarantee. Whatever is printed together is one release. For every share withheld in it there is another set of
answers, in which that share's count is a different one (below `k`, where the true one is), and which would print
exactly the same release: the same bases, shares and means of every table. So no subtraction of rows, columns, totals
or tables, and nothing cleverer, finds a withheld count. It is held by construction: each withheld cell has a *move*
(one person's answer changed, or two people's exchanged) that keeps all that is printed; where a move would show, what
it would change is withheld too.

The rest follows from it. A count below `k`, a nought included, is small. Groups under `k` are merged before anything
is counted, so that every base is at least `k`. Shares are whole percent, and read 5 for "5 % or less" and 95 for "95 %
or more". A mean stands only where nothing of its column is withheld.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from upstander.core.errors import Refusal

#: Fewer people than this are never shown; an institution may ask for more, never for less.
K = 10
#: Shares at or beyond these read "so little or less", "so much or more".
LOWEST, HIGHEST = 5, 95
#: The group in which small groups stand together.
MERGED = "*"
#: How many people's moves are tried for one cell before the cheapest is taken.
TRIED_FIRST, TRIED_SECOND = 6, 24

Profile = tuple[str, ...]
#: How many people gave this answer and belong to these groups, one group an axis.
Atoms = Mapping[tuple[str, Profile], int]
#: The axes (by place in the profile) by which a table tells people apart; none: everybody together.
Family = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The answers of one group: how many people, the share of each answer (None: withheld), perhaps the mean."""

    base: int
    shares: Mapping[str, int | None]
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One table of a release: its axes, and its columns by groups."""

    axes: Family
    columns: Mapping[Profile, Column]


@dataclass(frozen=True, slots=True)
class _Cell:
    family: Family
    answer: str
    groups: Profile


@dataclass(frozen=True, slots=True)
class _Step:
    """One person of these groups answers `to` instead of `was`."""

    was: str
    to: str
    profile: Profile


def at_least(k: int) -> int:
    """The limit itself; refuses `small-cells` where it is lower than K."""
    if k < K:
        raise Refusal("small-cells", {"k": k, "least": K})
    return k


def share(count: int, base: int) -> int:
    """The share in whole percent, coded at both ends: 5 reads "5 % or less", 95 "95 % or more"."""
    return min(max((200 * count + base) // (2 * base), LOWEST), HIGHEST)


def merged_groups(sizes: Mapping[str, int], k: int = K) -> dict[str, str]:
    """Each group with the group under which it is shown: small ones stand together, with so many more as it takes.

    Empty where fewer than two groups would be left, so that the axis says nothing.
    """
    by_size = sorted(sizes, key=lambda group: (sizes[group], group))
    together: list[str] = []
    for group in by_size:
        if sizes[group] >= k and (not together or sum(sizes[one] for one in together) >= k):
            break
        together.append(group)
    shown = {group: MERGED if group in together else group for group in sizes}
    return shown if len(set(shown.values())) > 1 else {}


def suppressed(table: Mapping[tuple[str, str], int], k: int = K) -> tuple[Shown, Shown]:
    """What may be printed of one table of counts by (answer, group): everybody together, and by group.

    Refuses `small-cells` for a limit below K, `too-few` where everybody together are fewer than the limit.
    """
    sizes: Counter[str] = Counter()
    for (_, group), count in table.items():
        sizes[group] += count
    shown = merged_groups(sizes, at_least(k)) or dict.fromkeys(sizes, MERGED)
    atoms: Counter[tuple[str, Profile]] = Counter()
    for (answer, group), count in table.items():
        atoms[answer, (shown[group],)] += count
    answers = list(dict.fromkeys(answer for answer, _ in table))
    whole, by_group = released(atoms, answers, [(), (0,)], k)
    return whole, by_group


def released(
    atoms: Atoms,
    answers: Sequence[str],
    families: Sequence[Family],
    k: int = K,
    points: Mapping[str, int] | None = None,
) -> list[Shown]:
    """What may be printed of one question by each of these families of groups, all in one release.

    `points` are the answers of which a mean is made. Refuses `small-cells`, and `too-few` where any column of any
    family has fewer people than the limit: groups are merged before.
    """
    world = _World(atoms, answers, families, points or {})
    if any(base < at_least(k) for base in world.bases.values()) or not world.bases:
        raise Refusal("too-few", {"k": k})
    _withhold(world, k)
    return [world.shown(family) for family in families]


@dataclass(slots=True)
class _World:
    """The answers as they are, counted by every family, and what is withheld so far."""

    atoms: Atoms
    answers: Sequence[str]
    families: Sequence[Family]
    points: Mapping[str, int]
    counts: Counter[_Cell] = field(default_factory=Counter)
    bases: Counter[tuple[Family, Profile]] = field(default_factory=Counter)
    withheld: set[_Cell] = field(default_factory=set)
    without_mean: set[tuple[Family, Profile]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.atoms = {key: self.atoms[key] for key in sorted(self.atoms) if self.atoms[key] > 0}
        for (answer, profile), count in self.atoms.items():
            for family in self.families:
                groups = _of(profile, family)
                self.counts[_Cell(family, answer, groups)] += count
                self.bases[family, groups] += count

    def cells(self) -> Iterator[_Cell]:
        for family, groups in self.bases:
            for answer in self.answers:
                yield _Cell(family, answer, groups)

    def hidden(self, family: Family, groups: Profile) -> bool:
        return any(_Cell(family, answer, groups) in self.withheld for answer in self.answers)

    def mean(self, family: Family, groups: Profile, changed: Mapping[_Cell, int] | None = None) -> float | None:
        """The column's mean to one decimal, after these changes."""
        total = people = 0
        for answer, points in self.points.items():
            cell = _Cell(family, answer, groups)
            count = self.counts[cell] + (changed or {}).get(cell, 0)
            people, total = people + count, total + count * points
        return round(total / people, 1) if people else None

    def shown(self, family: Family) -> Shown:
        columns = {}
        for (one, groups), base in self.bases.items():
            if one != family:
                continue
            cells = [_Cell(family, answer, groups) for answer in self.answers]
            shares = {c.answer: None if c in self.withheld else share(self.counts[c], base) for c in cells}
            whole = None not in shares.values() and (family, groups) not in self.without_mean
            columns[groups] = Column(base, shares, self.mean(family, groups) if whole and self.points else None)
        return Shown(family, columns)


def _of(profile: Profile, family: Family) -> Profile:
    return tuple(profile[axis] for axis in family)


def _withhold(world: _World, k: int) -> None:
    """Withholds every small cell, and for each that nothing keeps uncertain yet what its cheapest move would show."""
    small = sorted(
        (cell for cell in world.cells() if world.counts[cell] < k), key=lambda c: (len(c.family), c.family, c.groups)
    )
    world.withheld.update(small)
    uncertain: set[_Cell] = set()
    for cell in small:
        if cell in uncertain:
            continue
        changed = _cheapest(world, cell, k)
        for one in _would_show(world, changed):
            world.withheld.add(one)
        for one in {(c.family, c.groups) for c in changed}:
            if not world.hidden(*one) and world.mean(*one, changed) != world.mean(*one):
                world.without_mean.add(one)
        uncertain.update(c for c, by in changed.items() if world.counts[c] >= k or world.counts[c] + by < k)


def _would_show(world: _World, changed: Mapping[_Cell, int]) -> list[_Cell]:
    """The cells whose printed share would be another one after these changes."""
    found = []
    for cell, by in changed.items():
        if cell not in world.withheld:
            base, count = world.bases[cell.family, cell.groups], world.counts[cell]
            if share(count, base) != share(count + by, base):
                found.append(cell)
    return found


def _cheapest(world: _World, cell: _Cell, k: int) -> dict[_Cell, int]:
    """What the best move for this cell changes: the one that shows least; there always is one."""
    best: tuple[float, dict[_Cell, int]] | None = None
    for steps in _moves(world, cell, k):
        changed = _changes(world, steps)
        cost = sum(world.counts[one] for one in _would_show(world, changed))
        if best is None or cost < best[0]:
            best = cost, changed
        if not cost:
            break
    if best is None:
        raise Refusal("too-few", {"k": k})
    return best[1]


def _changes(world: _World, steps: Sequence[_Step]) -> dict[_Cell, int]:
    changed: Counter[_Cell] = Counter()
    for step in steps:
        for family in world.families:
            groups = _of(step.profile, family)
            changed[_Cell(family, step.was, groups)] -= 1
            changed[_Cell(family, step.to, groups)] += 1
    return {cell: by for cell, by in changed.items() if by}


def _moves(world: _World, cell: _Cell, k: int) -> Iterator[list[_Step]]:
    """Moves that change this cell by one and leave it below the limit: one fewer of it first, then one more."""
    inside = [key for key in world.atoms if _of(key[1], cell.family) == cell.groups]
    outside = [key for key in world.atoms if _of(key[1], cell.family) != cell.groups]
    for answer, profile in [key for key in inside if key[0] == cell.answer][:TRIED_FIRST]:
        givers = [key for key in outside if key[0] != answer]
        for other, theirs in _alike(givers, profile):
            yield [_Step(answer, other, profile), _Step(other, answer, theirs)]
        yield from ([_Step(answer, other, profile)] for other in world.answers if other != answer)
    if world.counts[cell] + 1 >= k:
        return
    givers = [key for key in outside if key[0] == cell.answer]
    for answer, profile in [key for key in inside if key[0] != cell.answer][:TRIED_FIRST]:
        for _, theirs in _alike(givers, profile):
            yield [_Step(answer, cell.answer, profile), _Step(cell.answer, answer, theirs)]
        yield [_Step(answer, cell.answer, profile)]


def _alike(keys: Sequence[tuple[str, Profile]], profile: Profile) -> list[tuple[str, Profile]]:
    """Those most like this person first: what two people share stays as it is when they exchange answers."""

    def differs(key: tuple[str, Profile]) -> int:
        return sum(one != other for one, other in zip(key[1], profile, strict=True))

    return sorted(keys, key=differs)[:TRIED_SECOND]
