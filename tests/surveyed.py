"""A university in which page-b names the survey and the analysing office has its key: for tests of the survey."""

import json
from base64 import b64decode
from pathlib import Path

from tests.cast import MOMENT
from tests.staff import PROGRAMMES
from upstander.actions.programmes import import_programme
from upstander.actions.survey_keeping import load_key
from upstander.core.days import Moment
from upstander.wires.sealing import make_pair, public_text

NAME = "pre-training/2020-21"
HERE = "/survey/pre-training/"
#: A whole answer, as the form of the page sends it; the rest is left out.
ANSWERS = {"k1": "4", "k5": "false", "n3": "2", "t1": "team", "role": "staff", "gender": "unsaid"}


def name_survey(moment: Moment = MOMENT) -> bytes:
    """Publishes page-b with the survey and puts a key in force; returns the private key."""
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8")
    import_programme(text.replace("version = 1\n", 'version = 2\nsurvey = "pre-training"\n', 1), moment, "test")
    private, public = make_pair()
    load_key(public_text(public), moment, "test")
    return private


def boxes_in(text: str) -> list[bytes]:
    """The boxes of an export's file."""
    return [b64decode(one["box"]) for one in json.loads(text)["boxes"]]


def private_file(private: bytes, folder: Path) -> Path:
    file = folder / "private.key"
    file.write_bytes(private)
    return file
