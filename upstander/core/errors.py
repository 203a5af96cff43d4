"""The one way in which this program says an expected "no"."""

from collections.abc import Mapping


class Refusal(Exception):
    """An expected refusal: a permanent kebab-case code and the data that its sentence needs.

    Anything that is not a Refusal is a defect and surfaces as one.
    """

    def __init__(self, code: str, data: Mapping | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.data = dict(data or {})

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.data.items())
        return f"{self.code} ({shown})" if shown else self.code
