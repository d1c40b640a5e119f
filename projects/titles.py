"""What may be a title: its form, and checks that apps above this one bring, named in settings by their paths."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.errors import DomainError


def clean_title(title: str, longest: int) -> str:
    """Return the title on one line of at most `longest` characters.

    Raises DomainError "title" for none or too long a one, or what a check raises.
    """
    clean = one_line(title, longest)
    if not clean:
        raise DomainError("title", _("A title is needed."), hint=_("A word or two is enough."))
    return clean


def one_line(text: str, longest: int) -> str:
    """Return a text that others see, on one line; it may be empty. Raises as `clean_title`."""
    clean = " ".join(text.replace("\0", " ").split())
    if len(clean) > longest:
        raise DomainError(
            "title",
            _("That title is too long."),
            hint=_("Use at most %(longest)d characters.") % {"longest": longest},
        )
    require_fit(clean)
    return clean


def require_fit(title: str) -> None:
    """Raise DomainError where one of TITLE_CHECKS turns the title down."""
    for path in settings.TITLE_CHECKS:
        import_string(path)(title)
