"""How often one person may submit."""

from billing.api import KeyThrottle
from core.throttling import ApiThrottle


class SubmitThrottle(ApiThrottle):
    """Requests that queue a job."""

    act = "submit"


SUBMITTING = (SubmitThrottle, KeyThrottle)
