"""A form's field for a day, within years that can be meant."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


class DayField(forms.DateField):
    """A day between 1900 and 2200, as the browser's own field for dates."""

    def __init__(self, **kwargs: Any) -> None:
        shown = {"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        kwargs.setdefault("widget", forms.DateInput(attrs=shown, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(gettext("Look at the year again."))
