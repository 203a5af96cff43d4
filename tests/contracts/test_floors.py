"""The floors hold: imports go down, never sideways, never late, never round (house rules)."""

import sys

import pytest

from tests.contracts.source import Module, modules

FLOORS = {
    "core": 0,
    "models": 1, "wires": 1,
    "queries": 2, "words": 2,
    "actions": 3,
    "delivery": 4, "notices": 4,
    "web": 5, "api": 5, "jobs": 5,
    "config": 6,
}  # fmt: skip
#: Floors whose subfolders stand beside each other and know nothing of each other.
APART = {"web", "delivery", "notices"}
#: Where a module is loaded by a name from a list, and why nothing hides there.
BY_NAME = {"upstander.jobs.cli.main": "a verb's file is loaded once Django stands", "upstander.__main__": "hands over"}
STANDARD = set(sys.stdlib_module_names)


def floor_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "upstander" and parts[1] in FLOORS else None


def upward(module: Module) -> list[str]:
    """Imports of a module that go up, or sideways into another folder of its floor."""
    mine = floor_of(module.name)
    found = []
    for imported in module.imports:
        theirs = floor_of(imported.target)
        if mine is None or theirs is None or theirs == mine:
            continue
        if FLOORS[theirs] >= FLOORS[mine]:
            found.append(f"{module.at(imported.line)}: {mine} imports {imported.target}")
    return found


def sideways(module: Module) -> list[str]:
    """Imports from one subfolder of a floor into another, and from its shared files up into a subfolder."""
    folders = module.folders
    if not folders or folders[0] not in APART:
        return []
    found = []
    for imported in module.imports:
        target = modules().get(imported.target)
        if target is None or target.folders[:1] != folders[:1] or len(target.folders) < 2:
            continue
        if target.folders[1] != (folders[1] if len(folders) > 1 else None) and not is_list(module):
            found.append(f"{module.at(imported.line)}: imports {imported.target}")
    return found


def is_list(module: Module) -> bool:
    """The files at the top of `delivery` and of `notices`, which list and call their folders."""
    return module.folders in (["delivery"], ["notices"])


def test_every_folder_of_the_package_is_a_floor_or_holds_no_code():
    strangers = {module.folders[0] for module in modules().values() if module.folders} - set(FLOORS)
    assert strangers == set()


def test_imports_go_down_only():
    assert [line for module in modules().values() for line in upward(module)] == []


def test_folders_of_one_floor_do_not_import_each_other():
    assert [line for module in modules().values() for line in sideways(module)] == []


def test_the_core_imports_the_standard_library_and_itself_only():
    strangers = [
        f"{module.at(imported.line)}: {imported.target}"
        for module in modules().values()
        if module.folders[:1] == ["core"]
        for imported in module.imports
        if imported.target.split(".")[0] not in STANDARD and not imported.target.startswith("upstander.core")
    ]
    assert strangers == []


def test_the_way_in_imports_the_standard_library_only():
    imported = [found.target for found in modules()["upstander.__main__"].imports]
    assert [target for target in imported if target.split(".")[0] not in STANDARD] == []


def test_no_import_hides_inside_a_function():
    late = [module.at(found.line) for module in modules().values() for found in module.imports if found.inside_function]
    assert late == []


def test_modules_are_loaded_by_name_in_the_listed_places_only():
    loaders = {
        module.name
        for module in modules().values()
        if any(found.target.split(".")[0] in {"importlib", "runpy"} for found in module.imports)
        and not module.name.endswith("cli.main")
    }
    asked_by_name = {name for name in loaders if "import_module" in modules()[name].path.read_text(encoding="utf-8")}
    assert asked_by_name <= set(BY_NAME)


def test_there_is_no_cycle_of_imports():
    graph = {name: {found.target for found in module.imports} & set(modules()) for name, module in modules().items()}
    assert cycles(graph) == []


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Every cycle that a depth-first walk meets, each as the path that closes it."""
    state: dict[str, int] = {}
    found: list[list[str]] = []

    def visit(name: str, path: list[str]) -> None:
        state[name] = 1
        for target in sorted(graph[name] - {name}):
            if state.get(target) == 1:
                found.append([*path[path.index(target) :], target])
            elif target not in state:
                visit(target, [*path, target])
        state[name] = 2

    for name in sorted(graph):
        if name not in state:
            visit(name, [name])
    return found


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b", "a"]]),
    ],
)
def test_the_search_for_cycles_tells_a_good_graph_from_a_bad_one(graph, expected):
    assert cycles(graph) == expected
