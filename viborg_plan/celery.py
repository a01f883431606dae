"""The Celery application and its timetable: tasks are found in each app's tasks.py."""

import os

from celery import Celery

from viborg_plan.beat_schedule import timetable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viborg_plan.settings")

app = Celery("viborg_plan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = timetable()
