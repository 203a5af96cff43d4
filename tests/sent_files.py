"""Files as people send them, harmless and not: PDFs and pictures made while the tests run."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image


def a_pdf(change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **saved) -> bytes:
    """A PDF of one page, after this change."""
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    change(made)
    made.save(out, **saved)
    return out.getvalue()


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **saved) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (120, 30, 60)).save(out, format=kind, **saved)
    return out.getvalue()


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def with_hidden_script(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.JavaScript, JS="1"))
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def with_launch(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F="calc.exe"))


def with_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["inside.exe"] = b"MZ"


def with_a_form_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def opening_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI="https://example.org/")


def opening_at_its_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))


def a_bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 by 60,000 points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    head = (60_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes(10_000))), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
