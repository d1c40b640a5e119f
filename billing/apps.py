"""How Django finds this app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Django application of `billing`."""

    name = "billing"

    def ready(self) -> None:
        """Hear who comes into a school and who leaves."""
        from django.db.models.signals import post_delete, post_save  # noqa: PLC0415 - models must be there first

        from accounts.models import Membership  # noqa: PLC0415
        from billing import seats  # noqa: PLC0415

        post_save.connect(seats.note_joined, sender=Membership, dispatch_uid="billing.note_joined")
        post_delete.connect(seats.note_left, sender=Membership, dispatch_uid="billing.note_left")
