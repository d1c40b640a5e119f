"""How often one person may submit."""

from core.throttling import UserThrottle


class SubmitThrottle(UserThrottle):
    """Requests that queue a job."""

    scope = "submit"
