"""What somebody was about to do when she met the limit of her tier, started once she has paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from generation import exporting
from projects.models import Animation


def start(user: User, wish: Mapping[str, Any]) -> None:
    """Order the export that was wished for; a wish for something else is somebody else's.

    Raises DomainError as `exporting.order`; an animation that is gone, or not hers to see, is passed over.
    """
    name, animation_id = wish.get("export"), wish.get("animation")
    if not name or not animation_id:
        return
    animation = Animation.objects.filter(pk=animation_id).first()
    revision = animation.revisions.order_by("-number").first() if animation is not None else None
    if revision is not None:
        exporting.order(user=user, revision=revision, name=str(name))
