"""A Chromium for the browser tests: the one named by CHROMIUM, the system's, or one installed for them."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

#: The browser without its own windows does the same pages in a third of the time.
WITHOUT_WINDOWS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = (*WITHOUT_WINDOWS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find_browser() -> dict[str, str]:
    """The environment that names the browser; empty where Playwright's own is to be used."""
    found = browser_here()
    is_best = "CHROMIUM" in os.environ or any(map(shutil.which, WITHOUT_WINDOWS))
    if not is_best and _is_debian() and os.geteuid() == 0:
        found = _from_debian() or found
    if found:
        return {"CHROMIUM": found}
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True, stdout=sys.stderr)
    if platform.system() == "Linux":
        sys.stderr.write("upstander: if libraries are missing: python -m playwright install --with-deps chromium\n")
    return {}


def browser_here() -> str | None:
    """The browser that this machine has already, if any."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return found or (str(ON_A_MAC) if ON_A_MAC.exists() else None)


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "ID=debian" in release.read_text().splitlines()


def _from_debian() -> str | None:
    """The distribution's browser without windows; none where it cannot be fetched."""
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": sys.stderr, "check": False}
    quickly = ["apt-get", "-q", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20"]
    subprocess.run([*quickly, "update"], **quiet)
    wanted = [WITHOUT_WINDOWS[0], "fonts-dejavu-core"]
    subprocess.run([*quickly, "install", "-y", "--no-install-recommends", *wanted], **quiet)
    return shutil.which(WITHOUT_WINDOWS[0])
