"""Signing a legal preset: a local reviewer has read it as it stands and answers for its use here."""

import tomllib
from collections.abc import Sequence

from django.db import transaction

from upstander.actions.drafts import FIXED, edit_draft, new_programme
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.preset_draft import Offered, Titles, draft_of
from upstander.core.presets import Stack, Tension
from upstander.models import AuditLine, PresetSignature, ProgrammeVersion
from upstander.queries.presets import preset as preset_by_id


@transaction.atomic
def sign_preset(key: str, digest: str, note: str, moment: Moment, by: str) -> PresetSignature:
    """Puts a reviewer's signature under the text that they read; a text signed already is signed no second time.

    Raises Refusal `no-such-preset` {preset}, `preset-changed` {preset} where another text stands there by now, and
    `preset-note-missing` {preset} where only a part of the law was read and the reviewer does not say what they read.
    """
    preset = preset_by_id(key)
    if digest != preset.digest:
        raise Refusal("preset-changed", {"preset": key})
    if preset.confidence == "partly-seen" and not note.strip():
        raise Refusal("preset-note-missing", {"preset": key})
    in_force = PresetSignature.objects.filter(preset=key, digest=digest, ended_at=None).first()
    if in_force:
        return in_force
    signature = PresetSignature.objects.create(
        preset=key, digest=digest, signed_at=moment.at, signed_by=by, note=note.strip()
    )
    _audit("sign-preset", signature, moment, by)
    return signature


@transaction.atomic
def withdraw_signature(key: str, moment: Moment, by: str) -> None:
    """Ends the signatures under a preset; programmes already published stay as they are, none is published anew.

    Raises Refusal `preset-not-signed` {preset}.
    """
    in_force = list(PresetSignature.objects.select_for_update().filter(preset=key, ended_at=None))
    if not in_force:
        raise Refusal("preset-not-signed", {"preset": key})
    for signature in in_force:
        signature.ended_at = moment.at
        signature.save(update_fields=["ended_at"])
        _audit("withdraw-preset-signature", signature, moment, by)


@transaction.atomic
def draft_from_presets(
    stack: Stack, key: str, titles: Titles, offered: Sequence[Offered], moment: Moment, by: str
) -> tuple[ProgrammeVersion, tuple[Tension, ...]]:
    """A new programme's first draft that says what these presets ask, and what it leaves open.

    Raises Refusal as `new_programme` does.
    """
    made = draft_of(stack, key, titles, offered, moment.day)
    version = new_programme(key, moment, by)
    for part in [name for name in tomllib.loads(version.document) if name not in made.document]:
        version = edit_draft(version.pk, version.revision, part, None, moment, by)
    for part, value in made.document.items():
        if part not in FIXED:
            version = edit_draft(version.pk, version.revision, part, value, moment, by)
    version.made_because = "preset"
    version.save(update_fields=["made_because"])
    return version, made.open_points


def _audit(verb: str, signature: PresetSignature, moment: Moment, by: str) -> None:
    AuditLine.objects.create(
        at=moment.at, actor=by, verb=verb, subject=f"preset:{signature.preset}", data={"digest": signature.digest}
    )
