"""What workers do for accounts: letters to many, and what time brings. The database says what is due, not a message."""

from __future__ import annotations

import logging
from typing import Any

from celery import current_app, shared_task
from kombu.exceptions import ChannelError, KombuError

from accounts import joining, renewal
from core.after_commit import after_commit

logger = logging.getLogger(__name__)


@shared_task(name="accounts.tasks.mail_invitations", ignore_result=True)
def mail_invitations() -> None:
    """Send some of the letters that wait, and ask for the next round where there are more."""
    if joining.mail_waiting():
        ask(mail_invitations)


@shared_task(name="accounts.tasks.tend", ignore_result=True)
def tend() -> None:
    """Remind, end and delete what is due. Safe to receive any number of times."""
    renewal.tend()


def ask(task: Any) -> bool:
    """Have a worker do a task. Return False where the broker cannot be reached; the next hourly round asks again."""
    try:
        current_app.send_task(task.name, retry=False)
    except (KombuError, ChannelError, OSError) as error:
        logger.warning("The broker cannot be reached; %s waits for the next round: %s", task.name, error)
        return False
    return True


def ask_later(task: Any) -> None:
    """Ask for a task once the transaction is committed."""
    after_commit(ask, task)


def ask_for_all() -> None:
    """Ask for everything that is due by time alone; workers do so every hour."""
    for task in (tend, mail_invitations):
        ask(task)
