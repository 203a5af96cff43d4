"""The form of a kind of request, made from its fields in `core.requests`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from upstander.core.elsewhere import SOURCES
from upstander.core.errors import Refusal
from upstander.core.requests import APPOINTMENT_ENDING, CHOICE, DAY, KINDS, TEXT, WHOLE, Field
from upstander.web.case_upload import FilesField
from upstander.web.day_field import DayField
from upstander.words.request_elsewhere import source_word
from upstander.words.request_kinds import field_words, wants
from upstander.words.request_refusals import refusal_words

#: Refusals whose data names no field, and the field beside which they are told.
_BESIDE = {"extension-shortens": "to_on", "extension-too-long": "to_on", "extension-not-open": "to_on"}


class AskForm(forms.Form):
    """Which training it is about, where there are several, the fields of the kind, and its files.

    `offered` are the values, with their words, among which a field chooses.
    """

    error_css_class = "error"

    def __init__(
        self,
        *args: Any,
        kind: str,
        titles: Mapping[str, str],
        offered: Mapping[str, Mapping[str, str]],
        chosen: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        self.fields["programme"] = _which(titles, chosen)
        for name, field in KINDS[kind].fields.items():
            self.fields[name] = _field(kind, name, field, offered)
        in_two_steps = kind == APPOINTMENT_ENDING
        if KINDS[kind].files and (not in_two_steps or (self.data.get("sure") and not self.data.get("again"))):
            self._ask_for_files()

    def clean(self) -> dict[str, Any]:
        """A hidden choice that is none is told above the form: nobody could see it beside its field."""
        if "programme" in self.errors and self.fields["programme"].widget.is_hidden:
            self.add_error(None, gettext("This training is not one of yours. Open the form once more."))
        return self.cleaned_data

    def asked(self) -> dict[str, str]:
        """What was filled in, as texts; days in their ISO form."""
        given = {name: self.cleaned_data.get(name) for name in KINDS[self._kind].fields}
        return {name: _as_text(value) for name, value in given.items()}

    def settle(self, *names: str) -> None:
        """The second step: these fields keep what was told in the first one, and the files are asked for."""
        for name in names:
            self.fields[name].widget = forms.HiddenInput()
        if "files" not in self.fields:
            self._ask_for_files()

    def _ask_for_files(self) -> None:
        self.fields["files"] = FilesField()
        self.order_fields([name for name in self.fields if name != "note"])

    @property
    def sent_files(self) -> list[UploadedFile]:
        """The files that were sent along."""
        return self.cleaned_data.get("files") or []

    def tell(self, refusal: Refusal) -> None:
        """The refusal beside the field that it is about, else above the form."""
        beside = "files" if refusal.code.startswith("file") else refusal.data.get("field")
        field = _BESIDE.get(refusal.code, beside)
        self.add_error(field if field in self.fields else None, refusal_words(refusal))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _which(titles: Mapping[str, str], chosen: str) -> forms.Field:
    label = gettext("Which training is it about?")
    first = chosen if chosen in titles else next(iter(titles), "")
    alone = len(titles) < 2
    widget = forms.HiddenInput if alone else forms.RadioSelect
    return forms.ChoiceField(label=label, choices=list(titles.items()), initial=first, widget=widget)


def _field(kind: str, name: str, field: Field, offered: Mapping[str, Mapping[str, str]]) -> forms.Field:
    label, hint = field_words(kind, name)
    if not field.needed:
        label = gettext("%(label)s (optional)") % {"label": label}
    words: dict[str, Any] = {"label": label, "help_text": hint, "required": field.needed}
    if name == "want":
        return forms.ChoiceField(choices=list(wants().items()), widget=forms.RadioSelect, **words)
    if field.filled == DAY:
        return DayField(**words)
    if field.filled == WHOLE:
        return forms.IntegerField(min_value=1, max_value=99_999, **words)
    if field.filled == CHOICE:
        choices = offered.get(name) or {source: source_word(source) for source in SOURCES}
        return _among(choices, words)
    widget = forms.Textarea(attrs={"rows": 4}) if field.filled == TEXT else forms.TextInput()
    return forms.CharField(max_length=field.longest, widget=widget, **words)


def _among(choices: Mapping[str, str], words: dict[str, Any]) -> forms.Field:
    """One of a few; where only one is left, it is said above the form and not asked."""
    if len(choices) == 1:
        return forms.ChoiceField(
            choices=list(choices.items()), initial=next(iter(choices)), widget=forms.HiddenInput, **words
        )
    return forms.ChoiceField(choices=list(choices.items()), widget=forms.RadioSelect, **words)
