"""The product's settings with a private data folder, quick password hashes and mail kept in memory."""

import os
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # each of several processes has a folder of its own
FOLDER = Path(tempfile.gettempdir()) / f"theorama-tests-{os.getuid()}-{os.getpid()}"
if WORKER:
    os.environ["DATA_DIR"] = str(FOLDER)
os.environ.setdefault("DATA_DIR", str(FOLDER))
os.environ.setdefault("HTTPS", "no")
os.environ.setdefault("EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")

from config.settings import *  # noqa: E402, F403 - the environment comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True  # browsers of tests get files straight from static/
LIMITS_REDIS_URL = ""  # buckets of one test are gone with its rows; what Redis does has tests of its own
