"""How long things last in the job engine; read from the settings so that an operator (and a test) can change them."""

from datetime import timedelta

from django.conf import settings


def lease() -> timedelta:
    """How long a claim holds without a heartbeat."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def heartbeat() -> float:
    """Seconds between two heartbeats of a worker: a lease survives three that are missed."""
    return float(settings.JOB_LEASE_SECONDS) / 4


def sweep() -> float:
    """Seconds between two looks of a worker at everybody's leases."""
    return float(settings.JOB_LEASE_SECONDS) / 5


def wake_patience() -> timedelta:
    """How long a wake-up may take to reach a worker before another one is sent."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS / 5)


def max_attempts() -> int:
    """Claims of one job before it is parked as failed."""
    return int(settings.JOB_MAX_ATTEMPTS)


def queue_limit() -> int:
    """Jobs of one person that may wait at a time."""
    return int(settings.JOB_QUEUE_LIMIT)


def grace() -> float:
    """Seconds a stopping worker lets its jobs finish before it hands them back."""
    return float(settings.JOB_GRACE_SECONDS)
