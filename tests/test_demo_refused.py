"""Where the demo is not loaded, it says what to do instead."""

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Batch
from viborg_plan.demo import load


def test_the_demo_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")


@pytest.mark.django_db
def test_the_demo_asks_for_indicators_first():
    with pytest.raises(CommandError, match="load_indicators"):
        call_command("load_demo")


@pytest.mark.django_db
def test_the_demo_asks_for_plans_before_it_loads_anything():
    call_command("load_indicators", str(load.FIXTURES / "indicators.yaml"))
    with pytest.raises(CommandError, match="load_plan"):
        call_command("load_demo")
    assert not Batch.objects.exists()
