"""The settings of the tests: the real ones, over a throwaway database, without what only costs time."""

import os
import tempfile
from pathlib import Path

_throwaway = Path(tempfile.gettempdir()) / f"sushui-tests-{os.geteuid()}"
os.environ.setdefault("SUSHUI_DATA", str(_throwaway / "data"))
os.environ.setdefault("SUSHUI_SECRET_KEY", "for tests only: " + "x" * 50)

from sushui.config.database import connection_settings  # noqa: E402 (the options above come first)
from sushui.config.settings import *  # noqa: E402, F403
from sushui.kernel.postgres import EmbeddedPostgres  # noqa: E402

# One server for all test runs of this user on this machine; each run has a database of its own name in it.
TEST_POSTGRES = EmbeddedPostgres(_throwaway / "postgres", durable=False)
TEST_DATABASE_URL = os.environ.get("DATABASE_URL") or TEST_POSTGRES.url
_run = os.environ.get("SUSHUI_TEST_DATABASE") or os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]

DATABASES = {
    "default": {
        **connection_settings(
            TEST_DATABASE_URL, pooled=False, statement_timeout_s=60, lock_timeout_s=5, idle_timeout_s=60
        ),
        "CONN_MAX_AGE": 0,
        "TEST": {"NAME": f"test_sushui_{_run}"},
    }
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # files as they lie in the source, none collected
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
