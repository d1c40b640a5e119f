"""Settings of the worker and web processes that chaos tests start: the test's database and broker, one renderer."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403 - everything else as in the tests

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.crashes.CrashesConfig"]  # noqa: F405
RUN_DIR = Path(os.environ["CHAOS_RUN_DIR"])
BROKER_DIR = Path(os.environ["CHAOS_BROKER_DIR"])
if not REDIS_URL:  # noqa: F405
    CELERY_BROKER_TRANSPORT_OPTIONS |= {  # noqa: F405
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
    }
