"""What is not learnt from, whoever gives it: code that may not run, floods of the same, and too much of one person."""

from __future__ import annotations

import ast
import datetime
import hashlib
from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from generation.engine import policy
from training.models import FeedbackEvent

LONGEST_CODE = 64 << 10  # characters
LONGEST_PROMPT = 4000
PER_DAY, PER_USER = 30, 400  # events: nobody's taste becomes everybody's
ALIKE_OF_ONE, ALIKE_OF_ALL = 3, 12  # events with the same code but for names, numbers and texts


def reason_against(user: User, prompt: str, before: str, after: str) -> str:
    """Why an event is not kept; empty where it may be."""
    if not after.strip() or len(before) > LONGEST_CODE or len(after) > LONGEST_CODE or len(prompt) > LONGEST_PROMPT:
        return "size"
    if not policy.check(after).allowed:
        return "policy"
    mine = FeedbackEvent.objects.filter(user=user)
    today = timezone.now() - datetime.timedelta(days=1)
    if mine.count() >= PER_USER or mine.filter(created__gte=today).count() >= PER_DAY:
        return "too_many"
    alike = FeedbackEvent.objects.filter(likeness=likeness(after))
    if alike.filter(user=user).count() >= ALIKE_OF_ONE or alike.count() >= ALIKE_OF_ALL:
        return "flood"
    return ""


def likeness(code: str) -> str:
    """The same for code that differs only in names, values, texts, comments and blanks. Code that is none has none."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return hashlib.sha256(" ".join(_shape(tree)).encode()).hexdigest()


def _shape(tree: ast.AST) -> Iterable[str]:
    """The kinds of nodes in order, with the names of what is called: those tell scenes apart."""
    for node in ast.walk(tree):
        yield type(node).__name__
        if isinstance(node, ast.Call):
            called = node.func
            yield (
                called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
            )
