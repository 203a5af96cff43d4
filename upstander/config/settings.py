"""Django's settings, all of them; what an operator may change is read through `env`."""

import secrets
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from csp.constants import NONE, SELF

from upstander.config.calendar import closed_days
from upstander.config.env import Environment, SettingRefused, database, mail, mailbox
from upstander.config.institution import institution
from upstander.core.colour import accent
from upstander.core.errors import Refusal
from upstander.words.variant import SPANISH

ENV = Environment.read()
PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(ENV.text("DATA_DIR", "./data")).resolve()
DEBUG = ENV.flag("DEBUG")
DEMO = ENV.flag("DEMO")
SHORTEST_KEY = 50
SHORTEST_TOKEN = 32


def _secret_key() -> str:
    """The given key, or on the embedded database one made on first use and kept in the data folder."""
    given = ENV.text("SECRET_KEY")
    if given:
        if len(given) < SHORTEST_KEY:
            raise SettingRefused(f"UPSTANDER_SECRET_KEY must have at least {SHORTEST_KEY} characters.")
        return given
    if ENV.text("DATABASE_URL").startswith("postgres"):
        raise SettingRefused("UPSTANDER_SECRET_KEY must be set when the database is PostgreSQL.")
    kept = DATA_DIR / "secret-key"
    try:
        if not kept.exists():
            DATA_DIR.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(SHORTEST_KEY), encoding="ascii")
        return kept.read_text(encoding="ascii")
    except OSError as problem:
        raise SettingRefused(f"the folder of UPSTANDER_DATA_DIR cannot be used: {problem}") from problem


def _readable(institution: dict) -> None:
    """The institution's accent must be readable on our paper, light and dark."""
    try:
        accent(institution.get("accent", "#0b5a5c"), institution.get("accent_dark", ""))
    except Refusal as refusal:
        raise SettingRefused(f"the institution's accent colour cannot be used: {refusal}.") from refusal


SECRET_KEY = _secret_key()
INSTITUTION = institution(
    Path(ENV.text("INSTITUTION_FILE") or PACKAGE / "programmes" / f"institution{'-demo' * DEMO}.toml")
)
_readable(INSTITUTION)
BASE_URL = ENV.web_address("BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = ENV.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
INSTITUTION_ZONE = ENV.text("TIME_ZONE", "America/New_York")
try:
    ZoneInfo(INSTITUTION_ZONE)
except (ZoneInfoNotFoundError, ValueError) as problem:
    raise SettingRefused(f"UPSTANDER_TIME_ZONE names no time zone: {INSTITUTION_ZONE!r}.") from problem
CLOSED_DAYS = closed_days(ENV.text("CLOSED_DAYS"))
SMTP = mail(ENV.text("SMTP_URL"), ENV.number("SMTP_CONNECTIONS", 3))
MAIL_FROM = ENV.address("MAIL_FROM", INSTITUTION["office"]["email"])
#: What comes back by mail: the mailbox that is read, our addresses for reports and replies, whose word about a sender.
MAILBOX = mailbox(ENV.text("MAILBOX_URL"))
MAIL_BOUNCES = ENV.address_if_any("MAIL_BOUNCES")
MAIL_REPLIES = ENV.address_if_any("MAIL_REPLIES")
MAIL_CHECKED_BY = ENV.text("MAIL_CHECKED_BY")
MAIL_IN_TOKEN = ENV.text("MAIL_IN_TOKEN")
if MAIL_IN_TOKEN and len(MAIL_IN_TOKEN) < SHORTEST_TOKEN:
    raise SettingRefused(f"UPSTANDER_MAIL_IN_TOKEN must have at least {SHORTEST_TOKEN} characters.")
KEEP_ATTEMPTS_DAYS = ENV.number("KEEP_ATTEMPTS_DAYS", 400)
METRICS_TOKEN = ENV.text("METRICS_TOKEN")
LOG_LEVEL = ENV.one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
WEB_WORKERS = ENV.number("WEB_WORKERS", 2)
#: Two years: what interactive training must keep its questions and answers for (2 CCR 11024).
QUESTIONS_KEPT_DAYS = ENV.number("QUESTIONS_KEPT_DAYS", 731)
CONFIDENTIAL_KEPT_DAYS = ENV.number("CONFIDENTIAL_KEPT_DAYS", 731)
HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "django_q",
    "django_tables2",
    "allauth",
    "allauth.account",
    "csp",
    "upstander.apps.UpstanderConfig",
]
MIGRATION_MODULES = {"upstander": "upstander.models.migrations"}
AUTH_USER_MODEL = "upstander.Account"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "upstander.web.middleware.moment",
    "upstander.web.public.errors.page_for_405",
    "upstander.web.away.stepped_away",
]
ROOT_URLCONF = "upstander.config.urls"
WSGI_APPLICATION = "upstander.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "notices"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "upstander.web.context.site",
            ],
            "builtins": ["upstander.web.templatetags"],
        },
    }
]
DATABASES = {"default": database(ENV.text("DATABASE_URL"), DATA_DIR)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "upstander_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
#: A programme with many examples is one form of thousands of fields; more than this is no form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTENT_ROOT = PACKAGE / "content"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "upstander_language"
#: The catalogues as written, or as said in the variant that the institution asks for (made when they are compiled).
LOCALE_PATHS = [
    PACKAGE / "words" / "-".join(filter(None, ["locale", SPANISH[INSTITUTION.get("spanish", "neutral")]])) / path.name
    for path in sorted((PACKAGE / "words" / "locale").glob("*/"))
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = INSTITUTION_ZONE

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my-training/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "upstander.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
#: A campus shares a few addresses, so an address may try often; one account may not.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "100/m/ip,5/300s/key", "reset_password": "100/m/ip,5/m/key"}
#: Behind the proxy that ends TLS, the visitor's address is the one that the proxy put last.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_FORMS = {
    "login": "upstander.web.account.forms.SignInForm",
    "reset_password": "upstander.web.account.forms.AskForLinkForm",
    "reset_password_from_key": "upstander.web.account.forms.NewPasswordForm",
    "change_password": "upstander.web.account.forms.OtherPasswordForm",
}
CSRF_FAILURE_VIEW = "upstander.web.public.errors.form_expired"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "upstander_session"
CSRF_COOKIE_NAME = "upstander_csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in (PACKAGE / "web" / "static", PACKAGE / "assets") if path.is_dir()]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "upstander.web.bundles.Bundles",
]
STATIC_ROOT = Path(ENV.text("DATA_DIR", "./data")).resolve() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

Q_CLUSTER = {
    "name": "upstander",
    "orm": "default",
    "workers": 2,  # the night's work never holds up the sending
    "timeout": 3600,  # the night of a large university; every job finishes by a rerun, so a long wait costs nothing
    "retry": 3900,
    "max_attempts": 5,
    "poll": 1,
    "catch_up": False,
    "save_limit": 1000,
    "ack_failures": True,
    "label": "upstander",
}
DJANGO_TABLES2_TEMPLATE = "parts/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "no-secrets": {"()": "upstander.config.logs.NoSecrets"},
        "error-number": {"()": "upstander.config.error_number.ErrorNumber"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no-secrets", "error-number"]}
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
