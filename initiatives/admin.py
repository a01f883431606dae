"""A team's name stands on the public pages of its initiatives, so who changes it in the admin tells of it."""

from typing import Any

from django.contrib import admin

from accounts.admin import TeamAdmin
from accounts.models import Team
from indicators import data_version

admin.site.unregister(Team)


@admin.register(Team)
class ShownTeamAdmin(TeamAdmin):
    def record(self, *facts: Any, **said: Any) -> None:
        super().record(*facts, **said)
        data_version.changed()
