"""Films and recordings that authors bring: kept in the data folder under a name that says what is in them."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from upstander.core.course_source import is_course_key
from upstander.core.errors import Refusal
from upstander.delivery.native.media import KINDS, LIMIT_BYTES, is_of_its_kind

#: So many characters of the digest tell two files apart.
DIGEST = 12


def keep(course_key: str, name: str, ending: str, chunks: Iterable[bytes]) -> str:
    """Keeps the file as `DATA_DIR/media/COURSE/NAME-DIGEST.ENDING` and returns that name; whole or not at all.

    Another file has another name, so that an edition which shows the older one still shows it. Refuses `media-kind`
    {kinds} for an ending or first bytes of no kind that browsers play here, and `media-too-large` {limit}.
    """
    if ending not in KINDS or not is_course_key(course_key):
        raise Refusal("media-kind", {"kinds": ", ".join(KINDS)})
    folder = Path(settings.DATA_DIR) / "media" / course_key
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".arriving-", delete=False) as made:
        arriving = Path(made.name)
        try:
            digest = _written(made, ending, chunks)
            kept = f"{name}-{digest[:DIGEST]}{ending}"
            made.close()
            arriving.chmod(0o644)
            os.replace(arriving, folder / kept)
        finally:
            made.close()
            with suppress(FileNotFoundError):
                arriving.unlink()
    return kept


def _written(made, ending: str, chunks: Iterable[bytes]) -> str:
    """Writes the chunks and returns their digest; stops at the first that is too much or of another kind."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        if not size and not is_of_its_kind(ending, chunk[:16]):
            raise Refusal("media-kind", {"kinds": ", ".join(KINDS)})
        size += len(chunk)
        if size > LIMIT_BYTES:
            raise Refusal("media-too-large", {"limit": LIMIT_BYTES // 1_000_000})
        digest.update(chunk)
        made.write(chunk)
    if not size:
        raise Refusal("media-kind", {"kinds": ", ".join(KINDS)})
    return digest.hexdigest()
