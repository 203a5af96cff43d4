"""Files of a case over the web: taken in pieces from a form, handed out as a download and as nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from upstander.actions.case_files import MOST_FILES, Arrived, arrive, drop, may_take_back, place_of, take_back
from upstander.actions.cases import seen
from upstander.core.errors import Refusal
from upstander.models import Case, CaseFile
from upstander.web.file_parts import in_parts
from upstander.wires.file_look import LARGEST_BYTES
from upstander.words.request_refusals import refusal_words

#: What the rest of the form may be long.
AROUND_BYTES = 100_000


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to five files, looked at by the action."""

    def __init__(self, **kwargs: Any) -> None:
        widget = FilesInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"})
        hint = gettext("PDF, PNG or JPEG, up to %(most)s files of 10 MB each. Only the office opens them.")
        super().__init__(
            label=gettext("Files that show it (optional)"),
            help_text=hint % {"most": MOST_FILES},
            required=False,
            widget=widget,
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [file for file in (data if isinstance(data, list | tuple) else [data]) if file]


def is_too_long(request: HttpRequest) -> bool:
    """Whether the request says that it is longer than a form with all its files can be; read before its body is."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return not said.isdecimal() or int(said) > MOST_FILES * LARGEST_BYTES + AROUND_BYTES


def arrived_files(files: Iterable[UploadedFile]) -> list[Arrived]:
    """Takes the files of a form in, all or none. Refusals: file-too-many {most}, and those of `case_files.arrive`."""
    files, taken = list(files), []
    if len(files) > MOST_FILES:
        raise Refusal("file-too-many", {"most": MOST_FILES})
    try:
        taken.extend(arrive(file.name or "", file.chunks()) for file in files)
    except Refusal:
        drop(taken)
        raise
    return taken


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the page of its case lists it; `may_go` says whether the viewer can take it away."""

    file: CaseFile
    may_go: bool


def listed_files(case: Case, role: str, by: str) -> list[Listed]:
    """The files of a case, in the order in which they came."""
    files = CaseFile.objects.filter(case=case, removed_at=None).select_related("case").order_by("added_at", "name")
    return [Listed(file, may_take_back(file, role, by)) for file in files]


def taken_back(request: HttpRequest, file: CaseFile, role: str, by: str) -> None:
    """Takes a file away, and says what became of it."""
    try:
        take_back(file, role, request.moment, by)
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, gettext("The file is gone. Nobody can open it any more."))


def as_download(request: HttpRequest, file: CaseFile, by: str) -> HttpResponseBase:
    """The file to be saved, never shown within the site; that it was fetched is a line in the audit."""
    place = place_of(file)
    if file.removed_at is not None or not place.is_file():
        raise Http404
    answer = in_parts(request, place, file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    if request.method == "GET":
        seen([file.case], request.moment, by, "case-file-read")
    return answer
