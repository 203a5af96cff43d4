"""What the analyst does here: brings the public key, takes sealed boxes away, brings tables back (B19)."""

import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from upstander.actions.survey import DEALT_AT, deal
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.survey_tables import checked_tables
from upstander.models import AuditLine, SealedAnswer, SurveyExport, SurveyKey, SurveySpool
from upstander.queries.survey import exports_of, installed_survey, survey_folders, survey_texts
from upstander.wires.sealing import fingerprint, from_spool, public_from, spooled

FORMAT = "upstander-survey-boxes-1"
TABLES_FORMAT = "upstander-survey-tables-1"


@transaction.atomic
def load_key(text: str, moment: Moment, by: str) -> SurveyKey:
    """Puts the public key of this text in force and ends the one before. Refuses `no-survey-key`.

    A key that was in force before comes back into force.
    """
    public = public_from(text)
    SurveyKey.objects.filter(ended_on=None).update(ended_on=moment.day)
    key, _ = SurveyKey.objects.update_or_create(
        fingerprint=fingerprint(public),
        defaults={"public": public, "added_on": moment.day, "added_by": by, "ended_on": None},
    )
    _audit(moment, by, "survey-key-loaded", key.fingerprint[:12])
    return key


def export(name: str, moment: Moment, by: str) -> tuple[SurveyExport, str]:
    """Hands out the boxes of this name that were not handed out yet: the record of it and the file's text.

    What still lies in the spool comes along where it alone is enough people. Refuses `too-few-answers` {survey, k}
    below the survey's limit, `no-such-survey`, `spool-locked`.
    """
    survey = installed_survey(name.partition("/")[0])
    with transaction.atomic(durable=True):
        _empty_spools(name, survey.smallest_cell)
        boxes = SealedAnswer.objects.select_for_update().filter(name=name)
        count = len(list(boxes))
        if count < survey.smallest_cell:
            raise Refusal("too-few-answers", {"survey": name, "k": survey.smallest_cell})
        number = (SurveyExport.objects.filter(name=name).aggregate(Max("number"))["number__max"] or 0) + 1
        boxes.update(name=handed_out(name, number))
        made = SurveyExport.objects.create(
            name=name, number=number, boxes=count, digest=_digest(name, number), made_on=moment.day, made_by=by
        )
        _audit(moment, by, "survey-exported", f"{name}#{number}")
    return made, file_of(made)


def exported_again(name: str, number: int, moment: Moment, by: str) -> str:
    """The same file once more, for one that was lost. Refuses `no-such-export`."""
    made = SurveyExport.objects.filter(name=name, number=number).first()
    if made is None:
        raise Refusal("no-such-export", {"survey": name, "number": number})
    _audit(moment, by, "survey-exported-again", f"{name}#{number}")
    return file_of(made)


def handed_out(name: str, number: int) -> str:
    return f"{name}#{number}"


def _empty_spools(name: str, k: int) -> None:
    for spool in SurveySpool.objects.select_for_update().filter(name__startswith=f"{name}@"):
        boxes = from_spool(bytes(spool.slots), settings.SECRET_KEY, spool.name)
        if len(boxes) >= k:
            deal(name, spool.key, boxes)
            spool.slots = spooled([], DEALT_AT, settings.SECRET_KEY, spool.name)
            spool.save()


def _digest(name: str, number: int) -> str:
    found = SealedAnswer.objects.filter(name=handed_out(name, number)).values_list("box", flat=True)
    return sha256(b"".join(sorted(map(bytes, found)))).hexdigest()


def file_of(made: SurveyExport) -> str:
    """The file of an export: the boxes in a random order, and the survey's own files, so that it opens elsewhere."""
    rows = list(SealedAnswer.objects.filter(name=handed_out(made.name, made.number)).values_list("key", "box"))
    secrets.SystemRandom().shuffle(rows)
    return json.dumps(
        {
            "format": FORMAT,
            "name": made.name,
            "number": made.number,
            "digest": made.digest,
            "files": survey_texts(survey_folders()[made.name.partition("/")[0]]),
            "boxes": [{"key": key, "box": b64encode(bytes(box)).decode()} for key, box in rows],
        }
    )


@transaction.atomic
def load_tables(read: Any, moment: Moment, by: str) -> SurveyExport:
    """Puts tables beside the exports that they were made of; each answer stands in one set of tables only.

    Refuses `tables-unreadable`, `no-such-export`, and `tables-stand` {number} where an export has tables already:
    two sets over overlapping people could be subtracted from each other.
    """
    if not isinstance(read, Mapping) or read.get("format") != TABLES_FORMAT or not read.get("exports"):
        raise Refusal("tables-unreadable")
    name, numbers = str(read.get("name")), read["exports"]
    tables = checked_tables(installed_survey(name.partition("/")[0]), read)
    made = {one.number: one for one in exports_of(name)}
    covered = {number for one in made.values() if one.tables for number in one.tables["exports"]}
    for number in numbers:
        if number not in made:
            raise Refusal("no-such-export", {"survey": name, "number": number})
        if number in covered:
            raise Refusal("tables-stand", {"survey": name, "number": number})
    if tables["people"] > sum(made[number].boxes for number in numbers):
        raise Refusal("tables-unreadable")
    last = made[max(numbers)]
    last.tables, last.tables_on = {**tables, "exports": sorted(numbers)}, moment.day
    last.save(update_fields=["tables", "tables_on"])
    _audit(moment, by, "survey-tables-loaded", f"{name}#{last.number}")
    return last


def _audit(moment: Moment, by: str, verb: str, subject: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=subject[:80])
