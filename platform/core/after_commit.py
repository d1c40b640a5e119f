"""What happens once a transaction is committed, and may fail without undoing it."""

from collections.abc import Callable

from django.db import transaction


def after_commit(act: Callable[..., object], *arguments: object) -> None:
    """Call `act` after the commit; when it raises, that is logged and whoever committed goes on.

    Django names the function in its log and fails where it has no name, as `functools.partial` has none.
    """

    def call() -> None:
        act(*arguments)

    transaction.on_commit(call, robust=True)
