"""axe-core's verdict on a page, and the width it needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@cache
def _script() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def complaints(page: Page) -> list[str]:
    """What axe finds, one line each; empty is good."""
    page.evaluate(_script())
    found = page.evaluate(RUN, TAGS)["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def scroll_width(page: Page) -> int:
    """The width the page needs, in pixels."""
    return int(page.evaluate("() => document.documentElement.scrollWidth"))
