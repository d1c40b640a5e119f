"""The Celery application. Start it with `manage.py worker`."""

from celery import Celery

app = Celery("theorama")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
