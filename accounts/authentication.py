"""API keys for DRF: `Authorization: Bearer thk_...`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiKey, User
from accounts.services import find_live_key

KEYWORD = "Bearer"


class ApiKeyAuthentication(BaseAuthentication):
    """Lets a program act as the owner of its key. `request.auth` is then the ApiKey."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """Return owner and key; None where no key was sent. Raises AuthenticationFailed for a bad one."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("Send the key as “Authorization: Bearer thk_…”, without spaces in the key."))
        # Latin-1 reads any byte, so a header of garbage is simply no key.
        key = find_live_key(words[1].decode("latin-1"))
        if key is None:
            raise AuthenticationFailed(_("This API key is unknown, expired or revoked."))
        return key.owner, key

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing key is answered by 401 and not 403."""
        return KEYWORD


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # drf-spectacular's own hook
    """Describes the key in the OpenAPI document."""

    target_class = "accounts.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the bearer scheme."""
        return {"type": "http", "scheme": "bearer", "description": "A key made on the page “API keys”."}
