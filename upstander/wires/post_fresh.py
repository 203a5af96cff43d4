"""The fresh words of a reply: what its writer added, without the letter it answers and without the signature.

Too much is kept rather than too little: words are left out only where the signs of a program show that it put them
there. What somebody forwards is what they want to be read, and is kept whole.
"""

import re

from mailparser_reply import EmailReplyParser

#: So much of a message is looked through; a reply that is longer is cut anyway. What splits a message backtracks over
#: blank lines, so that no more than two of them in a row reach it.
_LOOKED_AT, _MOST_LINES = 10_000, 400
#: No line that introduces a quote is so long; longer ones stand aside, by a sign of no language, while it is split.
_LONGEST_LINE = 300
_ASIDE = re.compile("\ue000(\\d+)\ue000")
#: What `post_fresh` doesn't know by itself.
_LANGUAGES = ["en", "es", "de", "fr", "it", "nl", "sv", "da", "pl"]
_QUOTED = re.compile(r"^\s*>")
_SIGNATURE = re.compile(r"^(--\s?|—\s?)$")
_LINE_ACROSS = re.compile(r"^[-_—*=]{2,}$")
_DEVICE = re.compile(
    r"^(Sent from (my|Outlook)|Get Outlook for|Sent with Proton|Enviado desde (mi|Outlook)|Obtener Outlook|"
    r"Enviado con|Von meinem|Gesendet von|Envoyé de mon)\b",
    re.I,
)
_WROTE = re.compile(
    r"^(On|El|Am|Le|Il|Op|Den|Em)\b.{5,200}\b(wrote|escribió|schrieb|a écrit|ha scritto|schreef|skrev)\b.*:$", re.I
)
_ENDS_LIKE_ONE = re.compile(r"(wrote|escribió|schrieb)\s?:$", re.I)
_FROM = re.compile(r"^[\W_]*(From|De|Von)[\s*]*:", re.I)
_FIELDS = re.compile(
    r"^[\W_]*(Sent|Date|To|Cc|Subject|Reply-To|Importance|Enviad[oa]( el)?|Fecha|Para|Asunto|Importancia|"
    r"Gesendet|Datum|An|Betreff)[\s*]*:",
    re.I,
)
#: Between the first line of such a block and its last.
_LONGEST_BLOCK = 8
_ORIGINAL = re.compile(r"^-{2,}\s*(original message|mensaje original|ursprüngliche nachricht)\s*-{2,}$", re.I)
_FORWARDED = re.compile(
    r"^(-{2,}\s*(forwarded message|mensaje reenviado)\s*-{2,}|begin forwarded message:|"
    r"inicio del mensaje reenviado:)$",
    re.I,
)


def fresh_words(text: str, is_forwarded: bool = False) -> str:
    """What is new in a reply, above what it quotes, between it and below it; of what was forwarded, everything."""
    trimmed = "\n".join(line.rstrip() for line in text[: 4 * _LOOKED_AT].split("\n"))
    text = "\n".join(re.sub(r"\n{3,}", "\n\n", trimmed)[:_LOOKED_AT].split("\n")[:_MOST_LINES])
    lines = _joined(text.replace("\ue000", "")).split("\n")
    marked = next((place for place, line in enumerate(lines) if _FORWARDED.match(line.strip())), len(lines))
    if is_forwarded or marked < len(lines):
        return "\n".join(lines).strip()
    own = _without_quotes(lines[: _start_of_letter(lines)])
    above = _until_letter(_split(own))
    return _without_end(above) or _without_end(own)


def _joined(text: str) -> str:
    """The line that says who wrote when, which mail programs break in two, on one line."""
    return re.sub(
        r"^((?:> ?)*(?:On|El|Am|Le)\b[^\n]{5,120})\n([^\n]{0,120}(?:wrote|escribió|schrieb|a écrit)\s?:)$",
        r"\1 \2",
        text,
        flags=re.M,
    )


def _start_of_letter(lines: list[str]) -> int:
    """Where a program put the letter that is answered without a sign before each line: From, Sent, To, Subject."""
    for place, line in enumerate(lines):
        if _ORIGINAL.match(line.strip()):
            return place
        if _FROM.match(line):
            block = lines[place + 1 : place + _LONGEST_BLOCK]
            named = {found.group(1).lower() for one in block if (found := _FIELDS.match(one))}
            if len(named) >= 2:
                return place
    return len(lines)


def _without_quotes(lines: list[str]) -> list[str]:
    """The lines that are not quoted, without those that introduce a quote."""
    return [line for place, line in enumerate(lines) if not _QUOTED.match(line) and not _introduces_quote(lines, place)]


def _introduces_quote(lines: list[str], place: int) -> bool:
    """Whether a line that reads like "On … somebody wrote:" was put there by a program: what it quotes follows."""
    if not _WROTE.match(lines[place]):
        return False
    after = next((line for line in lines[place + 1 :] if line.strip()), ">")
    return bool(_QUOTED.match(after)) and any(sign.isdigit() for sign in lines[place])


def _until_letter(lines: list[str]) -> list[str]:
    """The lines before one that says when an address wrote, with the letter below it and no sign before its lines."""
    for place, line in enumerate(lines):
        if _WROTE.match(line.strip()) and _is_of_program(line):
            return lines[:place]
    return lines


def _is_of_program(line: str) -> bool:
    return "@" in line and any(sign.isdigit() for sign in line)


def _split(lines: list[str]) -> list[str]:
    """The newest message of several, in languages that are not looked for here; what only resembles a sign stays."""
    seen = [f"\ue000{place}\ue000" if _is_own(line) else line for place, line in enumerate(lines)]
    split = EmailReplyParser(languages=list(_LANGUAGES)).parse_reply("\n".join(seen)) or ""
    return _ASIDE.sub(lambda found: lines[int(found.group(1))], split).split("\n")


def _is_own(line: str) -> bool:
    """Whether a line could be taken for a sign of a program though it was looked at already."""
    alike = _FROM.match(line) or _FIELDS.match(line) or _ENDS_LIKE_ONE.search(line)
    return len(line) > _LONGEST_LINE or bool(alike and not _is_of_program(line))


def _without_end(lines: list[str]) -> str:
    """The lines without a signature and without what a device adds; words that follow a greeting stay."""
    lines = "\n".join(lines).strip("\n").split("\n")
    for place, line in enumerate(lines):
        if _SIGNATURE.match(line.strip()) and place:
            lines = lines[:place]
            break
    while lines and (
        not lines[-1].strip() or _DEVICE.match(lines[-1].strip()) or _LINE_ACROSS.match(lines[-1].strip())
    ):
        lines = lines[:-1]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
