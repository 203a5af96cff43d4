"""The program's source as the contract tests read it: its modules, what each imports, and where."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "upstander"


@dataclass(frozen=True)
class Import:
    """One import statement's target, resolved to a module of ours where there is one."""

    target: str
    line: int
    inside_function: bool


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module
    imports: tuple[Import, ...]

    @property
    def folders(self) -> list[str]:
        """The folders between the package and the module: `upstander.web.learner.plan` → web, learner."""
        parts = self.path.relative_to(PACKAGE).parts[:-1]
        return list(parts)

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


def module_name(path: Path, root: Path = ROOT) -> str:
    parts = list(path.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Module]:
    """Every module of the package by its dotted name, migrations left out."""
    paths = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
    known = {module_name(path) for path in paths}
    return {module_name(path): read(path, known) for path in paths}


def read(path: Path, known: set[str], root: Path = ROOT) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[Import] = []
    _walk(tree, False, known, module_name(path, root), found)
    return Module(module_name(path, root), path, tree, tuple(found))


def _walk(node: ast.AST, inside: bool, known: set[str], here: str, found: list[Import]) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            found.extend(Import(alias.name, child.lineno, inside) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = child.module or ""
            if child.level:
                base = ".".join([*here.split(".")[: -child.level], base]).strip(".")
            for alias in child.names:
                whole = f"{base}.{alias.name}"
                found.append(Import(whole if whole in known else base, child.lineno, inside))
        deeper = inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        _walk(child, deeper, known, here, found)
