"""The timetable: every task is there, every table that is fetched is asked for, and none twice at a time."""

from django.conf import settings

from indicators.definitions import yaml_documents
from indicators.definitions.schema import Definitions
from viborg_plan.beat_schedule import timetable
from viborg_plan.celery import app


def test_every_task_of_the_timetable_is_registered():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in timetable().values()} <= set(app.tasks)


def test_every_table_that_an_indicator_is_fetched_from_is_asked_for():
    definitions = yaml_documents.load(settings.BASE_DIR / "fixtures/indicators.yaml", Definitions).root
    fetched = {(d.source, d.table) for d in definitions if d.source != "file"}
    assert {tuple(entry["args"]) for entry in timetable().values() if "args" in entry} == fetched


def test_a_running_task_is_never_given_to_a_second_worker():
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT
