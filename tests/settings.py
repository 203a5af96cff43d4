"""The program's settings with what tests need instead: a folder of their own, fast passwords, unhashed static files."""

import os
import tempfile

for name in [name for name in os.environ if name.startswith("UPSTANDER_") and name != "UPSTANDER_DATABASE_URL"]:
    del os.environ[name]
os.environ["UPSTANDER_DATA_DIR"] = tempfile.mkdtemp(prefix="upstander-test-")
os.environ["UPSTANDER_SECRET_KEY"] = "a key for tests only, long enough to be accepted as a secret"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the test's thread; nowhere but in tests

from upstander.config.settings import *  # noqa: E402, F403
from upstander.config.settings import STATIC_ROOT  # noqa: E402
from upstander.config.settings import STORAGES as REAL_STORAGES  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **REAL_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in life: threads that want the write lock wait for it, which a database in memory does not let them.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["UPSTANDER_DATA_DIR"], "test.sqlite3")}  # noqa: F405
