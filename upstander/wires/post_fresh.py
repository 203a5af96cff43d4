"""The fresh words of a reply: what its writer added, without the letter it answers and without the signature."""

import re

from mailparser_reply import EmailReplyParser

#: So much of a message is looked through; a reply that is longer is cut anyway. What splits a message backtracks over
#: blank lines, so that no more than two of them in a row reach it.
_LOOKED_AT, _MOST_LINES = 10_000, 400
#: No line that introduces a quote is so long; longer ones stand aside, by a sign of no language, while it is split.
_LONGEST_LINE = 300
_ASIDE = re.compile("\ue000(\\d+)\ue000")
_LANGUAGES = ["en", "es", "de", "fr", "it", "nl", "sv", "da", "pl"]
_QUOTED = re.compile(r"^\s*>")
_SIGNATURE = re.compile(r"^(--\s?|—\s?|_{5,}|-{5,})$")
_DEVICE = re.compile(
    r"^(Sent from (my|Outlook)|Get Outlook for|Enviado desde mi|Obtener Outlook|Enviado con|Von meinem|Gesendet von|"
    r"Envoyé de mon)\b",
    re.I,
)
_WROTE = re.compile(
    r"^(On|El|Am|Le|Il|Op|Den|Em)\b.{5,200}\b(wrote|escribió|schrieb|a écrit|ha scritto|schreef|skrev)\b.*:$", re.I
)


def fresh_words(text: str) -> str:
    """What is new in a reply, above what it quotes; where that is nothing, what stands below or between it."""
    trimmed = "\n".join(line.rstrip() for line in text[: 4 * _LOOKED_AT].split("\n"))
    text = "\n".join(re.sub(r"\n{3,}", "\n\n", trimmed)[:_LOOKED_AT].split("\n")[:_MOST_LINES])
    lines = text.replace("\ue000", "").split("\n")
    short = [line if len(line) <= _LONGEST_LINE else f"\ue000{place}\ue000" for place, line in enumerate(lines)]
    split = EmailReplyParser(languages=list(_LANGUAGES)).parse_reply(_joined("\n".join(short))) or ""
    newest = _ASIDE.sub(lambda found: lines[int(found.group(1))], split)
    above = _without_end(_until_quote(newest.split("\n")))
    return above or _without_end([line for line in lines if not _QUOTED.match(line) and not _WROTE.match(line)])


def _joined(text: str) -> str:
    """The line that says who wrote when, which mail programs break in two, on one line."""
    return re.sub(
        r"^((?:On|El|Am|Le)\b[^\n]{5,120})\n([^\n]{0,120}(?:wrote|escribió|schrieb|a écrit)\s?:)$",
        r"\1 \2",
        text,
        flags=re.M,
    )


def _until_quote(lines: list[str]) -> list[str]:
    """The lines before the first quote, with the line that introduces it left out."""
    for place, line in enumerate(lines):
        if _WROTE.match(line) or (
            _QUOTED.match(line) and all(not after.strip() or _QUOTED.match(after) for after in lines[place:])
        ):
            return lines[:place]
    return lines


def _without_end(lines: list[str]) -> str:
    """The lines without a signature and without what a device adds; words that follow a greeting stay."""
    for place, line in enumerate(lines):
        if _SIGNATURE.match(line.strip()) and place:
            lines = lines[:place]
            break
    while lines and (not lines[-1].strip() or _DEVICE.match(lines[-1].strip()) or _SIGNATURE.match(lines[-1].strip())):
        lines = lines[:-1]
    return "\n".join(lines).strip()
