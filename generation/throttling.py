"""How often one person may submit."""

from billing.api import KeyThrottle
from core.throttling import UserThrottle


class SubmitThrottle(UserThrottle):
    """Requests that queue a job."""

    scope = "submit"


SUBMITTING = (SubmitThrottle, KeyThrottle)
