"""Pages for people without an account: they set no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest


def cookieless(view: Callable[..., Any]) -> Callable[..., Any]:
    """Have a view's pages, those that say what is wrong included, drawn without forms' tokens and without a name.

    Templates ask for `request.cookieless`. A page with a form must not be drawn by such a view.
    """

    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.cookieless = True  # type: ignore[attr-defined] # templates read it
        return view(request, *args, **kwargs)

    return drawn
