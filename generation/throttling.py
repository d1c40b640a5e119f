"""How often one person may submit."""

from core.throttling import ApiThrottle


class SubmitThrottle(ApiThrottle):
    """Requests that queue a job."""

    act = "submit"
