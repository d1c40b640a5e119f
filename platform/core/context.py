"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from core import VERSION


def product(request: HttpRequest) -> dict[str, str]:
    """Return the product's name, its version and the nonce that scripts and styles of this response carry."""
    return {
        "PRODUCT_NAME": settings.PRODUCT_NAME,
        "VERSION": VERSION,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
