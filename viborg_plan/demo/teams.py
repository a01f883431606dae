"""A demo team with something to do: the demo's status writer, six initiatives and a goal."""

from django.db import transaction

from accounts import audit
from accounts.demo_users import ACTOR, email_of
from accounts.models import Team, User
from accounts.roles import Role
from goals.models import Measure
from indicators import data_version
from initiatives.models import Initiative

TEAM = {"slug": "ungeindsatsen-demo", "name": "Ungeindsatsen (demo)"}
INITIATIVES = ["i-1.3-1", "i-1.4-1", "i-1.4-4", "i-1.4-6", "i-2.4-1", "i-4.5-7"]
MEASURES = {"goal__plan__slug": "beskaeftigelsesplan-2020", "code__in": ["m04a", "m04b"]}


@transaction.atomic
def load_demo_teams() -> int:
    """Gives what nobody owns yet to the demo's team, and the status writer a team; how many were given."""
    team, made = Team.objects.get_or_create(slug=TEAM["slug"], defaults=TEAM)
    if not made:
        return 0
    given = User.objects.filter(email=email_of(Role.STATUS_WRITER), team=None).update(team=team)
    given += Initiative.objects.filter(code__in=INITIATIVES, team=None).update(team=team)
    given += Measure.objects.filter(**MEASURES, team=None).update(team=team)
    audit.record(verb="created", kind="team", key=team.slug, by=ACTOR)
    data_version.changed()
    return given
