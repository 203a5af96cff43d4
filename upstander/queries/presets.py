"""The legal presets that come with the program, and who has signed them here."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from upstander.core.errors import Refusal
from upstander.core.presets import Preset, read_presets
from upstander.models import PresetSignature


@lru_cache(maxsize=1)
def installed_presets() -> tuple[Preset, ...]:
    """Every preset, ordered by id; read once."""
    folder = Path(settings.PACKAGE) / "programmes" / "presets"
    entries = []
    for path in sorted(folder.glob("*.toml")):
        entries += tomllib.loads(path.read_text(encoding="utf-8"))["presets"]
    return read_presets(entries)


def preset(key: str) -> Preset:
    """One preset. Raises Refusal `no-such-preset` {preset}."""
    for each in installed_presets():
        if each.id == key:
            return each
    raise Refusal("no-such-preset", {"preset": key})


def presets(keys: Sequence[str]) -> list[Preset]:
    """These presets, in the given order. Raises Refusal `no-such-preset` {preset}."""
    return [preset(key) for key in keys]


def signatures() -> dict[str, PresetSignature]:
    """Preset id -> the signature in force for the preset as it stands; one query. An older text's signature is none."""
    digests = {each.id: each.digest for each in installed_presets()}
    rows = PresetSignature.objects.filter(ended_at=None).order_by("signed_at", "id")
    return {row.preset: row for row in rows if digests.get(row.preset) == row.digest}


def signatures_of(key: str) -> list[PresetSignature]:
    """Every signature that the preset ever had here, the newest first."""
    return list(PresetSignature.objects.filter(preset=key).order_by("-signed_at", "-id"))
