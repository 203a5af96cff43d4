"""Every visible text stands in every language."""

import subprocess
import sys

import pytest

from tests.contracts.source import ROOT


@pytest.mark.row("A14")
def test_every_text_is_translated_and_none_is_left_over():
    check = [sys.executable, "script/messages", "check"]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
