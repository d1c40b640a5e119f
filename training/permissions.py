"""Who may see what models are trained on: staff behind the admin site's own door, nobody else."""

from django.contrib import admin
from django.http import Http404, HttpRequest

from accounts.models import User


def require_staff(request: HttpRequest) -> User:
    """The member of staff who asks. Raises Http404 for everybody else: there is nothing here for them."""
    if not admin.site.has_permission(request) or not isinstance(request.user, User):
        raise Http404
    return request.user
