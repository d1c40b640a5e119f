"""What happened in a project, for those who work in it. The audit trail is for those who check."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.share_models import Activity

WORDS: dict[str, Promise] = {
    "created": _("%(who)s made “%(what)s”"),
    "renamed": _("%(who)s renamed “%(what)s”"),
    "version": _("%(who)s made a new version of “%(what)s”"),
    "deleted": _("%(who)s deleted “%(what)s”"),
    "shared": _("%(who)s shared “%(what)s”"),
    "unshared": _("%(who)s ended a share of “%(what)s”"),
    "link_made": _("%(who)s made a link to “%(what)s”"),
    "link_revoked": _("%(who)s revoked a link to “%(what)s”"),
    "handed_over": _("%(who)s handed “%(what)s” over"),
    "remixed": _("%(who)s remixed “%(what)s”"),
    "commented": _("%(who)s commented on “%(what)s”"),
    "resolved": _("%(who)s resolved a comment on “%(what)s”"),
    "reopened": _("%(who)s reopened a comment on “%(what)s”"),
}


def tell(target: Any, verb: str, *, actor: Any) -> None:
    """Keep that `actor` did something to a project or an animation; call it in the transaction that does it."""
    project = getattr(target, "project", target)
    animation = target if project is not target else None
    if verb not in WORDS:
        raise ValueError(f"There are no words for {verb}.")
    Activity.objects.create(project=project, animation=animation, actor=actor, verb=verb, what=target.title)


def words_of(entry: Activity) -> str:
    """Return an entry as a sentence."""
    who = entry.actor.display_name if entry.actor else str(_("Somebody"))
    return str(WORDS[entry.verb]) % {"who": who, "what": entry.what}
