"""What may be a title: checks that apps above this one bring, named in settings by their paths."""

from django.conf import settings
from django.utils.module_loading import import_string


def require_fit(title: str) -> None:
    """Raise DomainError where one of TITLE_CHECKS turns the title down."""
    for path in settings.TITLE_CHECKS:
        import_string(path)(title)
