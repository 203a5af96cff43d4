"""The first start of any verb on a machine that has nothing yet."""

import os
import subprocess
import sys

from tests.contracts.source import ROOT


def run(folder, *words, **settings):
    """A verb as typed, with settings of its own and a data folder that is not there yet."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTANDER_", "DJANGO_"))}
    environment = {**kept, "UPSTANDER_DATA_DIR": str(folder / "not" / "yet"), **settings}
    command = [sys.executable, "-m", "upstander.jobs.cli.main", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_verb_makes_its_folder_and_its_database(tmp_path):
    given = "given, so that nothing else makes the folder " * 2
    done = run(tmp_path, "decide", "--programme", "page-b", UPSTANDER_SECRET_KEY=given)
    assert (done.returncode, "no-such-programme" in done.stderr or "page-b" in done.stderr) == (1, True), done.stderr
    assert (tmp_path / "not" / "yet" / "upstander.sqlite3").is_file()


def test_a_misspelt_setting_stops_the_start_and_is_named(tmp_path):
    done = run(tmp_path, "migrate", UPSTANDER_SECRETKEY="x")
    assert done.returncode == 2
    assert "UPSTANDER_SECRETKEY" in done.stderr


def test_the_demos_setting_never_opens_a_database_that_is_not_a_demos(tmp_path):
    assert run(tmp_path, "migrate").returncode == 0
    done = run(tmp_path, "decide", "--programme", "page-b", UPSTANDER_DEMO="yes")
    assert done.returncode == 1
    assert "not a demo's" in done.stderr
