"""The one reader of the environment: every setting by name, and a sentence for one that is unknown or unreadable."""

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

PREFIX = "UPSTANDER_"
#: name -> what it is; the reference page of the settings is checked against this table.
KNOWN = {
    "ALLOWED_HOSTS": "comma-separated host names that this site answers to",
    "BASE_URL": "the public address of the site, used in links and messages",
    "CLOSED_DAYS": "a calendar file (.ics) with the days on which the office rests",
    "CONFIDENTIAL_KEPT_DAYS": "for how many days a settled request in confidence is kept",
    "CONTENT_HOST": "a second host name from which imported packages are served",
    "DATABASE_URL": "postgres://user:password@host:port/name, or sqlite:///path",
    "DATA_DIR": "folder for the embedded database, the secret key and generated files",
    "DEBUG": "yes only while developing",
    "DEMO": "set by the demo command itself",
    "ENV_FILE": "a file of NAME=value lines read before the environment",
    "INSTITUTION_FILE": "TOML file with the institution's name, offices and words",
    "KEEP_ATTEMPTS_DAYS": "for how many days after a completion its attempts and answers are kept",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "MAILBOX_URL": "imaps://user:password@host/INBOX, the mailbox that is read for what comes back",
    "MAIL_BOUNCES": "the address under which delivery reports come back, e.g. bounces@example.edu",
    "MAIL_CHECKED_BY": "the mail server whose word about a sender is taken, as it names itself",
    "MAIL_FROM": "the sender of every message",
    "MAIL_IN_TOKEN": "the token with which a mail service may hand over what comes back",
    "MAIL_REPLIES": "the address for answers to a case by e-mail, e.g. case@example.edu",
    "METRICS_TOKEN": "the token that /metrics asks for",
    "OFFICER_PASSWORD": "the password of the officer who releases a held roster, for scripts",
    "QUESTIONS_KEPT_DAYS": "for how many days an answered question about a page is kept",
    "SECRET_KEY": "the key that signs sessions and links; made on first start on the embedded database",
    "SMTP_CONNECTIONS": "how many conversations with the mail relay one sender holds at once",
    "SMTP_URL": "smtp://user:password@host:port, smtps:// for TLS from the first byte, smtp+starttls:// to upgrade",
    "TIME_ZONE": "the institution's zone, e.g. America/New_York",
    "WEB_WORKERS": "number of web processes",
}


class SettingRefused(SystemExit):
    """A setting stops the start; exit status 2 with one sentence that names it."""

    def __init__(self, sentence: str) -> None:
        print(f"upstander: {sentence}", file=sys.stderr)  # noqa: T201
        super().__init__(2)


def _file_values(path: str) -> dict[str, str]:
    values = {}
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingRefused(f"the file named by UPSTANDER_ENV_FILE cannot be read: {problem}") from problem
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, sign, value = text.partition("=")
        if not sign:
            raise SettingRefused(f"line {number} of {path} is not NAME=value.")
        values[name.strip()] = value.strip().strip('"')
    return values


@dataclass
class Environment:
    """The settings of this start, from the file and the process's environment (the latter wins)."""

    values: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, environ: dict[str, str] | None = None) -> "Environment":
        """Every `UPSTANDER_*` value without its prefix; stops the start on a name that we do not know."""
        outside = dict(os.environ if environ is None else environ)
        named = _file_values(outside[PREFIX + "ENV_FILE"]) if outside.get(PREFIX + "ENV_FILE") else {}
        named.update({name: value for name, value in outside.items() if name.startswith(PREFIX)})
        for name in sorted(named):
            if not name.startswith(PREFIX) or name.removeprefix(PREFIX) not in KNOWN:
                raise SettingRefused(f"{name} is not a setting of this program; see docs/reference/settings.md.")
        return cls({name.removeprefix(PREFIX): value for name, value in named.items()})

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "") or default

    def flag(self, name: str) -> bool:
        value = self.text(name, "no").lower()
        if value not in {"yes", "no", "true", "false", "1", "0"}:
            raise SettingRefused(f"UPSTANDER_{name} must be yes or no, not {value!r}.")
        return value in {"yes", "true", "1"}

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isdigit() or int(value) < 1:
            raise SettingRefused(f"UPSTANDER_{name} must be a whole number from 1 on, not {value!r}.")
        return int(value)

    def one_of(self, name: str, values: tuple[str, ...], default: str) -> str:
        value = self.text(name, default).upper()
        if value not in values:
            raise SettingRefused(f"UPSTANDER_{name} must be one of {', '.join(values)}, not {value!r}.")
        return value

    def web_address(self, name: str, default: str) -> str:
        """An http:// or https:// address without a trailing slash; a path, a question or a mistyped port stops."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        rest = parts.path or parts.query or parts.fragment or parts.username
        if parts.scheme not in {"http", "https"} or not parts.hostname or rest or re.search(r"\s", value):
            raise SettingRefused(f"UPSTANDER_{name} must be http://host or https://host, a port if need be: {value!r}.")
        _port(parts, name)
        return value

    def address(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
            raise SettingRefused(f"UPSTANDER_{name} must be one e-mail address without a name, not {value!r}.")
        return value

    def address_if_any(self, name: str) -> str:
        """One e-mail address, or nothing where none is set."""
        return self.address(name, "") if self.text(name) else ""

    def words(self, name: str, default: str = "") -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]


def _port(parts: SplitResult, name: str) -> int | None:
    try:
        return parts.port
    except ValueError as problem:
        raise SettingRefused(f"UPSTANDER_{name} has no port that could be meant: {problem}.") from problem


def database(url: str, data_dir: Path) -> dict:
    """Django's database settings for a DATABASE_URL; empty means SQLite in the data folder."""
    if not url or url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///") or str(data_dir / "upstander.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingRefused(
            "UPSTANDER_DATABASE_URL must be postgres://user:password@host:port/name or sqlite:///path."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(_port(parts, "DATABASE_URL") or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 0, "max_size": 8, "timeout": 10}},
    }


def mail(url: str, connections: int) -> dict | None:
    """Host, port, credentials and TLS mode of an SMTP_URL, and how many conversations; None where none is set."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+starttls"} or not parts.hostname:
        raise SettingRefused("UPSTANDER_SMTP_URL must be smtp://, smtps:// or smtp+starttls:// with a host.")
    return {
        "host": parts.hostname,
        "port": _port(parts, "SMTP_URL") or {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": {"smtp": "none", "smtps": "implicit", "smtp+starttls": "starttls"}[parts.scheme],
        "connections": connections,
    }


def mailbox(url: str) -> dict | None:
    """Host, port, credentials, folder and whether TLS holds, of a MAILBOX_URL; None where none is set."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"imaps", "imap"} or not parts.hostname or not parts.username:
        raise SettingRefused("UPSTANDER_MAILBOX_URL must be imaps://user:password@host/FOLDER.")
    return {
        "host": parts.hostname,
        "port": _port(parts, "MAILBOX_URL") or {"imaps": 993, "imap": 143}[parts.scheme],
        "username": unquote(parts.username),
        "password": unquote(parts.password or ""),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
        "tls": parts.scheme == "imaps",
    }
