"""The institution's accent colour: its contrast is computed, and a colour that cannot be read is refused."""

import re
from dataclasses import dataclass

from upstander.core.errors import Refusal

PAPER, PAPER_DARK = "#fbfaf6", "#15181a"
BAND, BAND_DARK = "#f3f0e8", "#1d2124"
INK_ON_DARK_ACCENT, WHITE = "#10211f", "#ffffff"
#: WCAG 2.2, 1.4.3: text below 18.66 px bold needs 4.5 to 1
LEAST = 4.5


@dataclass(frozen=True, slots=True)
class Accent:
    """The four colours that a theme consists of, as #rrggbb."""

    light: str
    on_light: str
    dark: str
    on_dark: str


def _channels(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise Refusal("colour-not-hex", {"colour": colour})
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2, from 0 (black) to 1 (white)."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightened(colour: str) -> str:
    """The same colour mixed with white until it reads well on the dark paper."""
    red, green, blue = _channels(colour)
    for share in range(0, 101, 5):
        mixed = "#" + "".join(f"{round(c + (255 - c) * share / 100):02x}" for c in (red, green, blue))
        if contrast(mixed, BAND_DARK) >= 7:
            return mixed
    return WHITE


def accent(light: str, dark: str = "") -> Accent:
    """The theme for an institution's colour; Refusal `accent-contrast` or `colour-not-hex` with the measured ratio."""
    chosen_dark = dark or lightened(light)
    theme = Accent(light.lower(), WHITE, chosen_dark.lower(), INK_ON_DARK_ACCENT)
    pairs = [
        (theme.light, BAND), (theme.light, PAPER), (theme.on_light, theme.light),
        (theme.dark, BAND_DARK), (theme.dark, PAPER_DARK), (theme.on_dark, theme.dark),
    ]  # fmt: skip
    for one, other in pairs:
        ratio = contrast(one, other)
        if ratio < LEAST:
            raise Refusal(
                "accent-contrast", {"colour": one, "against": other, "ratio": round(ratio, 2), "least": LEAST}
            )
    return theme
