"""A film of the institution laid beside a course: the file, its description, captions and transcript."""

from pathlib import Path

#: The first bytes of an MP4 file, and enough after them to be asked for in parts.
MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 40
CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n{}\n"
DESCRIPTION = """file = "welcome.mp4"
seconds = 95

[en]
title = "A word from the provost"
captions = "welcome.en.vtt"
description = "The provost stands in the library."
transcript = "Good morning. I am glad that you are here."

[es]
title = "Unas palabras de la rectoría"
captions = "welcome.es.vtt"
description = "La rectora está de pie en la biblioteca."
transcript = "Buenos días. Me alegra que esté aquí."
"""
BLOCK = "\n::: media welcome\n:::\n"


def lay_film(course: Path) -> Path:
    """Puts the film on the first page of the course; returns the folder of its files."""
    folder = course / "media"
    folder.mkdir()
    (folder / "welcome.mp4").write_bytes(MP4)
    (folder / "welcome.toml").write_text(DESCRIPTION, encoding="utf-8")
    (folder / "welcome.en.vtt").write_text(CAPTIONS.format("Good morning."), encoding="utf-8")
    (folder / "welcome.es.vtt").write_text(CAPTIONS.format("Buenos días."), encoding="utf-8")
    for lang in ("en", "es"):
        page = course / lang / "one.md"
        text = page.read_text(encoding="utf-8")
        at = text.index("\n## ")
        page.write_text(text[:at] + BLOCK + text[at:], encoding="utf-8")
    return folder
