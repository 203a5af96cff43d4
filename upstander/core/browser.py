"""Which browser and which system a user agent names, as people call them; and the steps that fit it (row A02)."""

import re
from dataclasses import dataclass

#: (what the user agent says, how the browser is called), the more special before those that it passes itself off as.
_BROWSERS = (
    (r"Edg(?:e|A|iOS)?/(\d+)", "Edge"),
    (r"OPR/(\d+)", "Opera"),
    (r"SamsungBrowser/(\d+)", "Samsung Internet"),
    (r"(?:Firefox|FxiOS)/(\d+)", "Firefox"),
    (r"(?:Chrome|CriOS)/(\d+)", "Chrome"),
    (r"Version/(\d+)[\d.]* .*Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPad.* OS (\d+)", "iPadOS"),
    (r"(?:iPhone|iPod).* OS (\d+)", "iOS"),
    (r"Android (\d+)", "Android"),
    (r"Android()", "Android"),
    (r"Windows NT 10()", "Windows 10/11"),
    (r"Windows()", "Windows"),
    (r"CrOS()", "ChromeOS"),
    (r"Mac OS X()", "macOS"),
    (r"Linux()", "Linux"),
)
#: Where steps differ: four browsers on a computer, two on Android, and whatever runs on an iPhone or iPad.
PLATFORMS = ("chrome", "edge", "firefox", "safari", "chrome-android", "firefox-android", "ios")


@dataclass(frozen=True, slots=True)
class Browser:
    """The names are empty where the user agent says nothing that we know."""

    name: str
    system: str
    platform: str


def browser_of(user_agent: str) -> Browser:
    """What the user agent says of itself; a platform is always chosen, Chrome's where nothing fits."""
    name, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    return Browser(name, system, _platform(name.split(" ")[0].lower(), system.split(" ")[0]))


def _first(table: tuple[tuple[str, str], ...], user_agent: str) -> str:
    found = ((called, re.search(pattern, user_agent)) for pattern, called in table)
    return next((f"{called} {match[1]}".strip() for called, match in found if match), "")


def _platform(name: str, system: str) -> str:
    if system in {"iOS", "iPadOS"}:
        return "ios"
    if system == "Android":
        return "firefox-android" if name == "firefox" else "chrome-android"
    return name if name in PLATFORMS else "chrome"
