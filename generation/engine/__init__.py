"""From a prompt to a video: plain Python, without Django, without Celery."""
