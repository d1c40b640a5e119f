"""Tables as CSV, sent row by row: a long one is never whole in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.streaming import in_pieces

ROWS_AT_ONCE = 500
# A spreadsheet program runs a cell that begins like this, also after spaces; the last ones are of full width.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def answer(
    request: HttpRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Answer with a CSV file of this name, in UTF-8 with the mark that spreadsheet programs look for."""
    pieces = in_pieces(request, _pieces(header, rows))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response


def cell(value: Any) -> str:
    """Return a value as text that no spreadsheet program takes for a formula. Numbers stay what they are."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _pieces(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    lines = chain([header], rows)
    mark = "\ufeff"
    while batch := list(islice(lines, ROWS_AT_ONCE)):
        text = StringIO()
        csv.writer(text).writerows([cell(value) for value in line] for line in batch)
        yield mark + text.getvalue()
        mark = ""
