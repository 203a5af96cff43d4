"""The static files as they are served: collected, hashed and compressed into the data folder when they changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from upstander.jobs.database import one_at_a_time

STAMP = "collected-from"


def collect() -> bool:
    """Collects the static files; false where those that stand were made from the same content."""
    if settings.DEBUG:
        return False
    with one_at_a_time():
        root, made_from = Path(settings.STATIC_ROOT), _digest()
        stamp = root / STAMP
        if stamp.is_file() and stamp.read_text(encoding="ascii") == made_from:
            return False
        root.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", clear=True, verbosity=0, interactive=False)
        stamp.write_text(made_from, encoding="ascii")
    return True


def _digest() -> str:
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                digest.update(path.encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()
