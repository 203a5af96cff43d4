"""Answers as the mail programs of our readers write them, in English and Spanish, and what was said in each."""

from base64 import encodebytes

_HEAD = """\
From: Ines Okafor <ines@aldermere.example>
To: {to}
Subject: {subject}
Message-ID: <{name}@mail.example>
MIME-Version: 1.0
"""
EN, ES = "Tuesday works for me.", "El martes me viene bien."
_FLOWED = 'text/plain; charset="utf-8"; format=flowed'
LETTER = "Which day works for you?\n\nAnswer in your case: https://training.aldermere.example/cases/7/\n"
QUOTED = "".join(f"> {line}\n" for line in LETTER.split("\n"))
_FROM_EN = """\
From: Office for Prevention and Response <prevention@aldermere.example>
Sent: Wednesday, January 20, 2021 10:00 AM
To: Ines Okafor <ines@aldermere.example>
Subject: Your request
"""
FROM_ES = """\
De: Oficina de Prevención <prevention@aldermere.example>
Enviado el: miércoles, 20 de enero de 2021 10:00 a. m.
Para: Ines Okafor <ines@aldermere.example>
Asunto: Su solicitud
"""
_WROTE_ES = """\
El mié, 20 ene 2021 a la(s) 10:00\u202fa.m., Oficina de Prevención y Respuesta (<
prevention@aldermere.example>) escribió:
"""
_SAMSUNG = "{said}\n\nEnviado desde mi Galaxy\n\n-------- Mensaje original --------\nDe: Oficina\nFecha: 20/1/21\n"
_WORD = """\
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {{margin:0}}</style></head><body>
<div class="WordSection1"><p class="MsoNormal">{said}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>{first}:</b> Office
&lt;prevention@aldermere.example&gt;<br><b>{second}:</b> 20 01 2021 10:00<br><b>{third}:</b> Ines<br>
<b>{fourth}:</b> Case<o:p></o:p></p></div><p class="MsoNormal">Which day works for you?</p></div></body></html>"""
_PHONE = """\
<html><body><div dir="ltr">{said}</div><div id="ms-outlook-mobile-signature">Obtener
<a href="https://a.example/">Outlook para Android</a></div><hr><div id="divRplyFwdMsg"><b>De:</b> Oficina</div>
<div><p>Which day works for you?</p></div></body></html>"""
_APPLE = """\
<html><body>{said}<div><br><blockquote type="cite"><div>On Jan 20, 2021, at 10:00, Office wrote:</div>
<div>Which day?</div></blockquote></div></body></html>"""
_THUNDERBIRD = """\
<html><body><div class="moz-cite-prefix">On 1/20/21 10:00, Office wrote:<br></div>
<blockquote type="cite"><pre>Which day?</pre>
</blockquote><p>{said}</p><div class="moz-signature">-- <br>Ines</div></body></html>"""
_GMAIL = """\
<div dir="ltr">{said}<div><br></div><span class="gmail_signature_prefix">-- </span><br>
<div class="gmail_signature">Ines</div>
</div><br><div class="gmail_quote"><div class="gmail_attr">On Wed, Office wrote:<br></div>
<blockquote>Which?</blockquote></div>"""

#: Plain answers: name -> the text, its media type, and what was said in it.
TEXTS = {
    "outlook": (f"{EN}\n\n{_FROM_EN}\n{LETTER}", "", EN),
    "outlook-es": (f"{ES}\n\n{FROM_ES}\n{LETTER}", "", ES),
    "outlook-web-es": (f"{ES}\n\n{'_' * 32}\n{FROM_ES}\n{LETTER}", "", ES),
    "outlook-old": (f"{EN}\n\n-----Original Message-----\n{_FROM_EN}\n{LETTER}", "", EN),
    "outlook-old-es": (f"{ES}\n\n-----Mensaje original-----\n{FROM_ES}\n{LETTER}", "", ES),
    "gmail-es": (f"{ES}\n\n{_WROTE_ES}\n{QUOTED}", "", ES),
    "apple-es": (f"{ES}\n\n> El 20 ene 2021, a las 10:00, Oficina <a@b.example> escribió:\n>\n{QUOTED}", "", ES),
    "ios-es": (f"{ES}\n\nEnviado desde mi iPhone\n\n> El 20 ene 2021, Oficina <a@b> escribió:\n{QUOTED}", "", ES),
    "thunderbird": (f"{EN}\n\nOn 1/20/21 10:00, Office wrote:\n{QUOTED}", _FLOWED, EN),
    "thunderbird-below-es": (f"El 20/1/21 a las 10:00, Oficina escribió:\n{QUOTED}\n{ES}\n-- \nInes\n", _FLOWED, ES),
    "yahoo-es": (f" {ES}\n   El miércoles, 20 de enero de 2021, Oficina <a@b> escribió: \n \n  ¿Qué día?\n", "", ES),
    "samsung-es": (_SAMSUNG.format(said=ES), "", ES),
    "proton": (f"{EN}\n\nSent with Proton Mail secure email.\n", "", EN),
    "flowed": ("I can come on Tuesday, but \nnot before ten.\n", _FLOWED, "I can come on Tuesday, but not before ten."),
    "flowed-delsp": ("No antes de  \nlas di \nez.\n", _FLOWED + "; delsp=yes", "No antes de las diez."),
    "between-the-lines": (
        "See below.\n\nOn 1/20/21 10:00, Office wrote:\n> Which day?\n\nTuesday.\n\n> Where?\n\nHere.\n", "",
        "See below.\n\nTuesday.\n\nHere.",
    ),
    "outlook-page": (
        _WORD.format(said=EN, first="From", second="Sent", third="To", fourth="Subject"), "text/html", EN,
    ),
    "outlook-page-es": (
        _WORD.format(said=ES, first="De", second="Enviado el", third="Para", fourth="Asunto"), "text/html", ES,
    ),
    "outlook-phone-es": (_PHONE.format(said=ES), "text/html; charset=utf-8", ES),
    "apple-page": (_APPLE.format(said=EN), "text/html; charset=utf-8", EN),
    "thunderbird-page-below": (_THUNDERBIRD.format(said=EN), "text/html; charset=utf-8", EN),
    "gmail-page": (_GMAIL.format(said=EN), "text/html; charset=utf-8", EN),
}  # fmt: skip

#: Words of the writer that only look like a program's: all of them stay.
OWN_WORDS = [
    "El martes hablé con mi supervisora y ella me escribió:\nque no hay problema. Por eso pido más tiempo.",
    "On Monday I was ill, and my doctor wrote:\nshe must rest.",
    "From: what I know, I took it in 2019.\nSubject: to change, of course.",
    "Fecha: 3 de marzo\nOrganización: otra universidad\nEl certificado va después.",
    "Fecha: 3 de marzo\nPara: mi puesto anterior\nAsunto: el curso",
    "First reason.\n-----\nSecond reason.",
]


def answer(to: str, name: str, text: str, kind: str = "", subject: str = "Re: Your request") -> bytes:
    """The answer as it comes."""
    head = _HEAD.format(to=to, name=name, subject=subject) + f"Content-Type: {kind or 'text/plain; charset=utf-8'}\n\n"
    return f"{head}{text}".replace("\n", "\r\n").encode()


def in_charset(to: str, text: str, charset: str, declared: str, encoded: bool = False) -> bytes:
    """An answer in one charset that says another of itself, or none."""
    kind = f"text/plain; charset={declared}" if declared else "text/plain"
    coding = "base64" if encoded else "8bit"
    head = _HEAD.format(to=to, name=f"{charset}-{declared}", subject="Re:")
    head += f"Content-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n"
    data = text.encode(charset)
    return head.replace("\n", "\r\n").encode() + (encodebytes(data) if encoded else data)


def in_parts(to: str, kind: str, *parts: str, subject: str = "Re:") -> bytes:
    """An answer of several parts, each with its own headers."""
    body = "".join(f"--e\n{part}\n" for part in parts) + "--e--\n"
    head = _HEAD.format(to=to, name=f"parts-{len(body)}", subject=subject)
    return f'{head}Content-Type: {kind}; boundary="e"\n\n{body}'.replace("\n", "\r\n").encode()


def picture(size_bytes: int, within_the_text: bool) -> str:
    """A picture as a part: attached, or shown within the text."""
    how = "Content-ID: <one>\n" if within_the_text else ""
    data = encodebytes(b"\xff\xd8\xff" + b"x" * size_bytes).decode()
    named = 'Content-Type: image/jpeg; name="IMG_1.jpg"\nContent-Disposition: inline; filename="IMG_1.jpg"\n'
    return f"{named}{how}Content-Transfer-Encoding: base64\n\n{data}"
