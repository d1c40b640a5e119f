"""A SCORM package inside a platform's frame: scorm-again plays the platform, Chromium the pupil."""

import functools
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.engine.test_exports import made, material  # noqa: F401

pytestmark = pytest.mark.browser
VENDOR = Path(__file__).parent / "vendor"
PLATFORM = """<!doctype html><title>Platform</title><script src="platform.js"></script><script>
window.{api} = new {kind}({{autocommit: false, logLevel: 4}});
</script><iframe src="course/index.html" width="900" height="700" allow="autoplay"></iframe>"""
EDITIONS = {
    "scorm12": ("API", "Scorm12API", "cmi.core.lesson_status", "LMSGetValue"),
    "scorm2004": ("API_1484_11", "Scorm2004API", "cmi.completion_status", "GetValue"),
}


class Files(SimpleHTTPRequestHandler):
    """Serves a folder, and parts of a file where asked: a browser can only seek where it may ask so."""

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            super().do_GET()
            return
        data = Path(self.translate_path(self.path)).read_bytes()
        start, end = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", "video/mp4")
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(data)}")
        self.send_header("Content-Length", str(end - start + 1))
        self.end_headers()
        self.wfile.write(data[start : end + 1])

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(params=list(EDITIONS))
def edition(request) -> str:
    return request.param


@pytest.fixture
def platform(edition: str, material, tmp_path: Path) -> Iterator[str]:  # noqa: F811
    api, kind, _, _ = EDITIONS[edition]
    folder = tmp_path / "site"
    with zipfile.ZipFile(made(edition, material, tmp_path)) as package:
        package.extractall(folder / "course")
    (folder / "platform.js").write_bytes((VENDOR / f"{edition}.min.js").read_bytes())
    (folder / "index.html").write_text(PLATFORM.format(api=api, kind=kind), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-US")
    yield context.new_page()
    context.close()


def test_the_platform_learns_what_was_watched_and_gives_it_back(edition, platform, page):
    api, _, state, get = EDITIONS[edition]
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text) if "Security Policy" in told.text else None)
    page.goto(platform)

    def value(key: str) -> str:
        return str(page.evaluate(f"key => window.{api}.{get}(key)", key))

    course = page.frame_locator("iframe")
    course.locator("video").wait_for()
    page.wait_for_function(f"state => window.{api}.{get}(state) === 'incomplete'", arg=state)
    course.locator("button").nth(1).click()  # the second scene: from there it plays to the end
    page.wait_for_function("() => document.querySelector('iframe').contentWindow.document.querySelector('video').ended")
    assert value(state) == "incomplete"
    assert value("cmi.suspend_data").startswith("2")
    course.locator("button").first.click()
    page.wait_for_function(f"state => window.{api}.{get}(state) === 'completed'", arg=state, timeout=20_000)
    assert value("cmi.suspend_data").startswith("0")
    assert complaints == []
