"""Tables that people send, read as spreadsheet programs write them. `core.spreadsheets` writes them."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from core.errors import DomainError

MOST_BYTES = 1 << 20
MOST_ROWS = 5000
SEPARATORS = ",;\t"


def read_table(sent: bytes) -> list[list[str]]:
    """Return the rows of a pasted or exported table, without empty ones. Raises DomainError "table".

    Reads UTF-8 with or without a mark, UTF-16 with one and Windows-1252, separated by comma, semicolon or tab.
    """
    if len(sent) > MOST_BYTES:
        raise _refused(
            _("The list is larger than %(most)d MB.") % {"most": MOST_BYTES >> 20},
            _("A line needs an address, a name and a role. Delete other columns, or send the list in parts."),
        )
    text = decode(sent)
    if "\0" in text:
        raise _refused(_("This is not a table of text."), _("In the spreadsheet choose “Save as” and then CSV."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True) if any(row)]
    except csv.Error as error:
        raise _refused(
            _("The table cannot be read: %(why)s.") % {"why": error},
            _("Look for a quotation mark without its partner."),
        ) from error
    if len(rows) > MOST_ROWS:
        raise _refused(_("The list has more than %(most)d lines.") % {"most": MOST_ROWS}, _("Send it in parts."))
    return [[cell.strip() for cell in row] for row in rows]


def decode(sent: bytes) -> str:
    """Turn bytes into text as spreadsheets encode it; Windows-1252 reads whatever nothing else does."""
    if sent[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return sent.decode("utf-16", "replace")
    try:
        return sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        return sent.decode("cp1252", "replace")


def _refused(message: str, hint: str) -> DomainError:
    return DomainError("table", message, status=422, hint=hint)
