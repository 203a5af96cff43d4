"""What is built is whole: the wheel carries everything the program reads, and starts without a clone."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.contracts.source import PACKAGE, ROOT

#: One file for each kind of thing that is not code.
CARRIED = [
    "upstander/assets/htmx.min.js",
    "upstander/assets/fonts/source-serif-4-400.woff2",
    "upstander/assets/print/source-serif-4-600.ttf",
    "upstander/content/core/course.toml",
    "upstander/content/core/es/bank.toml",
    "upstander/programmes/page-a.toml",
    "upstander/web/static/upstander.css",
    "upstander/web/templates/base.html",
    "upstander/words/locale/words/es/LC_MESSAGES/django.mo",
]
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the clone, so that the build leaves nothing in it."""
    copy, made = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    shutil.copytree(PACKAGE, copy / "upstander", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", copy / "requirements")
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "README.md").write_text("# Upstander\n", encoding="utf-8")
    subprocess.run([sys.executable, "-c", BUILD, str(made)], cwd=copy, check=True, capture_output=True)
    return next(made.glob("*.whl"))


def test_the_wheel_carries_what_the_program_reads(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    code = [path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py")]
    assert [name for name in [*CARRIED, *code] if name not in names] == []
    assert [name for name in names if "__pycache__" in name or name.endswith(".po")] == []


def test_the_program_starts_from_the_wheel_alone(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTANDER_", "DJANGO_"))}
    environment["PYTHONPATH"] = str(tmp_path / "installed")
    command = [sys.executable, "-m", "upstander", "migrate"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "upstander.sqlite3").is_file()
