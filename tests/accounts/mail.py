"""Reading the mail that allauth sends."""

import re
from collections.abc import Sequence

from django.core.mail import EmailMessage

CODE = re.compile(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", re.MULTILINE)


def code_in(outbox: Sequence[EmailMessage]) -> str:
    """Return the code of the latest mail."""
    codes = CODE.findall(str(outbox[-1].body))
    assert codes, outbox[-1].body
    return str(codes[-1])


def wrong(code: str) -> str:
    """Return a code that looks right and is not."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")
