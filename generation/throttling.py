"""How often one person may ask."""

from rest_framework.throttling import UserRateThrottle


class SubmitThrottle(UserRateThrottle):
    """Requests that queue a job."""

    scope = "submit"
