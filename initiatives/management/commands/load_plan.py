"""`manage.py load_plan FILE…`: plan documents in, what changed out."""

from goals.documents.load_command import LoadingCommand
from initiatives.documents.load import load_plans


class Command(LoadingCommand):
    help = "Load plan documents. All are checked before anything is written; loading them again changes nothing."
    load = staticmethod(load_plans)
