"""`manage.py load_hearing FILE…`: hearing documents in, what changed out."""

from goals.documents.load_command import LoadingCommand
from hearings.load_documents import load_hearings


class Command(LoadingCommand):
    help = "Load hearing documents. All are checked before anything is written; loading them again changes nothing."
    load = staticmethod(load_hearings)
