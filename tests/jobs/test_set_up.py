"""The way in: what it makes in a new clone, and that a second start only compares."""

import pytest

from upstander import __main__ as way_in


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone with locks and sources, in which every step is only noted."""
    for name in ("runtime", "test", "node"):
        (tmp_path / "requirements").mkdir(exist_ok=True)
        (tmp_path / "requirements" / f"{name}.txt").write_text(name)
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "upstander" / "jobs").mkdir(parents=True)
    for name in ("assets.py", "catalogues.py"):
        (tmp_path / "upstander" / "jobs" / name).write_text("")
    steps = []

    def note(command, what):
        steps.append(what)
        if what == "making the environment":
            way_in.PYTHON.parent.mkdir(parents=True)
            way_in.PYTHON.touch()
        if what.startswith("fetching"):
            (tmp_path / "node_modules").mkdir(exist_ok=True)
        if what.startswith("preparing"):
            (tmp_path / "upstander" / "assets").mkdir(exist_ok=True)

    venv = tmp_path / ".venv"
    monkeypatch.setattr(way_in, "ROOT", tmp_path)
    monkeypatch.setattr(way_in, "REQUIREMENTS", tmp_path / "requirements")
    monkeypatch.setattr(way_in, "VENV", venv)
    monkeypatch.setattr(way_in, "STAMPS", venv / "upstander-stamps")
    monkeypatch.setattr(way_in, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(way_in, "run", note)
    return tmp_path, steps


def test_a_new_clone_gets_everything_once(clone):
    _, steps = clone
    way_in.prepare(for_tests=False)
    assert [step.split()[0] for step in steps] == ["making", "installing", "fetching", "preparing"]
    steps.clear()
    way_in.prepare(for_tests=False)
    assert steps == []


def test_the_set_of_the_tests_holds_that_of_the_program(clone):
    _, steps = clone
    way_in.prepare(for_tests=True)
    steps.clear()
    way_in.prepare(for_tests=False)
    assert steps == []


def test_a_lock_that_changed_is_installed_again(clone):
    root, steps = clone
    way_in.prepare(for_tests=False)
    steps.clear()
    (root / "requirements" / "runtime.txt").write_text("newer")
    way_in.prepare(for_tests=False)
    assert steps == ["installing the runtime packages"]


def test_a_catalogue_that_changed_is_compiled_again(clone):
    root, steps = clone
    way_in.prepare(for_tests=False)
    steps.clear()
    texts = root / "upstander" / "words" / "locale" / "words" / "es" / "LC_MESSAGES"
    texts.mkdir(parents=True)
    (texts / "django.po").write_text("")
    way_in.prepare(for_tests=False)
    assert steps == ["preparing fonts and texts"]


def test_without_npm_node_comes_from_its_wheel(clone, monkeypatch):
    _, steps = clone
    monkeypatch.setattr(way_in.shutil, "which", lambda name: None)
    way_in.prepare(for_tests=False)
    assert steps[2:4] == ["installing Node", "fetching the front-end files"]


def test_a_python_without_venv_is_told_the_one_line_that_helps(clone, monkeypatch, capsys):
    monkeypatch.setattr(way_in.shutil, "which", lambda name: None)
    monkeypatch.setattr(way_in, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        way_in.prepare(for_tests=False)
    assert stopped.value.code == 2
    assert "apt-get install python3" in capsys.readouterr().err


def test_an_older_python_is_told_so(clone, monkeypatch, capsys):
    monkeypatch.setattr(way_in.sys, "version_info", (3, 10, 1))
    with pytest.raises(SystemExit):
        way_in.prepare(for_tests=False)
    assert "Python 3.11 or later" in capsys.readouterr().err
