"""A real site, a real worker and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config.asgi import application
from tests.factories import UserFactory

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WORKER_START_SECONDS = 60


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium as Debian ships it. Playwright's loop counts as running here, which Django would refuse."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def data_folder() -> Iterator[Path]:
    """Where site and worker keep files. Its name is short: the renderer's socket lives below it."""
    with tempfile.TemporaryDirectory(prefix="th-") as folder:
        yield Path(folder)


@pytest.fixture
def shared_folders(settings, own_folders, data_folder: Path) -> None:
    """Let the site of this process see the files of the worker's."""
    settings.MEDIA_ROOT = data_folder / "media"
    settings.SCENE_CACHE_DIR = data_folder / "scenes"
    location = str(data_folder / "cache")
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": location}}


@dataclass
class Site:
    """A running site. `outside` and `violations` fill with what no page may do."""

    url: str
    host: str
    outside: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note requests that leave the site, script errors and breaches of the content policy."""
        page.on("request", lambda request: self._left(request.url))
        page.on("pageerror", lambda error: self.violations.append(str(error)))
        page.on("console", lambda message: self._said(message.type, message.text))

    def _left(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.outside.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and ("Content Security Policy" in text or "Trusted" in text or "hx-csp" in text):
            self.violations.append(text)


def _serve(ws: str) -> Iterator[Site]:
    listener = socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(application, ws=ws, lifespan="off", log_level="warning", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    site = Site(f"http://{host}", host)
    yield site
    server.should_exit = True
    server.force_exit = True
    thread.join(timeout=10)
    listener.close()
    assert site.outside == []
    assert site.violations == []


@pytest.fixture
def site(transactional_db: None, shared_folders: None) -> Iterator[Site]:
    """The site, served over HTTP and sockets."""
    yield from _serve("websockets-sansio")


@pytest.fixture
def site_without_sockets(transactional_db: None, shared_folders: None) -> Iterator[Site]:
    """The site behind a network that lets no socket through."""
    yield from _serve("none")


@pytest.fixture(scope="package")
def worker(django_db_setup: None, data_folder: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """A worker process on the test database, warm."""
    environment = os.environ | {
        "DATA_DIR": str(data_folder),
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    manage = str(Path(django_settings.ROOT) / "manage.py")
    log = (data_folder / "worker.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, manage, "worker", "--concurrency", "1", "--grace", "0"],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + WORKER_START_SECONDS
    while "is ready for" not in (data_folder / "worker.log").read_text():
        assert process.poll() is None and time.monotonic() < deadline, (data_folder / "worker.log").read_text()
        time.sleep(0.2)
    yield
    process.terminate()
    process.wait(timeout=30)
    log.close()


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open private windows that are closed after the test."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        defaults: dict[str, object] = {"viewport": {"width": 1366, "height": 768}, "locale": "en-GB"}
        context = browser.new_context(**(defaults | options))  # type: ignore[arg-type] # Playwright's own options
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(site: Site, new_context: Callable[..., BrowserContext]) -> Page:
    """A fresh page, watched."""
    opened = new_context().new_page()
    site.watch(opened)
    return opened


@pytest.fixture
def teacher():
    """Somebody with an account."""
    return UserFactory.create()


def log_in(context: BrowserContext, site: Site, user: object) -> None:
    """Give the window the session of a user."""
    client = Client()
    client.force_login(user)  # type: ignore[arg-type] # a factory's user
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
