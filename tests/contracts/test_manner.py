"""Size and names as the house wants them, and nothing of one machine in what is shared."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.contracts.source import PACKAGE, ROOT

LONGEST_FILE_LINES = 400
LONGEST_FUNCTION_LINES = 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
#: Hosts of package registries and folders of one machine; written in two parts so that this file passes itself.
FORBIDDEN_TEXT = re.compile(
    "|".join(
        re.escape(first + second)
        for first, second in [
            ("pypi", ".org"),
            ("pythonhosted", ".org"),
            ("registry.npmjs", ".org"),
            ("deb.debian", ".org"),
            ("/work", "/main"),
            ("/work", "/shared"),
            ("/root", "/"),
            ("/tmp", "/plan"),
        ]
    )
)


def python_files() -> list[Path]:
    files = [path for folder in (PACKAGE, ROOT / "tests", ROOT / "benchmarks") for path in folder.rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a clone")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def long_functions(source: str) -> list[tuple[str, int]]:
    """Functions of more lines than the house allows, with how many they have."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION_LINES:
                found.append((node.name, lines))
    return found


def test_no_file_is_longer_than_can_be_read_at_once():
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE_LINES} == {}


def test_no_function_is_longer_than_a_screen():
    found = {path.relative_to(ROOT): long_functions(path.read_text(encoding="utf-8")) for path in python_files()}
    assert {str(path): functions for path, functions in found.items() if functions} == {}


def test_no_file_has_a_name_that_says_nothing():
    named = [*python_files(), *(path for path in PACKAGE.rglob("*") if path.is_dir())]
    words = {path: set(path.stem.split("_")) for path in named}
    assert [str(path.relative_to(ROOT)) for path, parts in words.items() if parts & FORBIDDEN_NAMES] == []


def test_no_shared_file_names_a_registry_or_a_folder_of_one_machine():
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found.extend(f"{path.relative_to(ROOT)}: {match}" for match in set(FORBIDDEN_TEXT.findall(text)))
    assert found == []


def test_the_lock_of_the_front_end_has_no_address_of_a_file():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_a_function_of_sixty_one_lines_is_found():
    body = "\n".join("    pass" for _ in range(60))
    assert long_functions(f"def long():\n{body}\n") == [("long", 61)]
    assert long_functions(f"def short():\n{body[:-9]}\n") == []
