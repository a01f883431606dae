"""The project's plan documents, loaded and as copies that a test may edit; and a mail server that keeps what comes."""

import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import transaction

from goals.documents.sync_rows import LoadChanges
from indicators.definitions import load
from initiatives.documents.load import load_plans
from tests.plugins.services import free_port

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


class PlanFiles:
    """A folder with copies of the plan documents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, slug: str) -> Path:
        return self.folder / f"{slug}.yaml"

    def edit(self, slug: str, old: str, new: str) -> int:
        """Replace a text that stands there, and give the line of the new one."""
        text = self.path(slug).read_text(encoding="utf-8")
        assert old in text
        self.path(slug).write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def load(self, *slugs: str) -> dict[str, LoadChanges]:
        """Load the named documents, or all."""
        paths = [self.path(slug) for slug in slugs] or sorted(self.folder.glob("*.yaml"))
        return {changes.slug: changes for changes in load_plans(paths)}


@pytest.fixture
def plan_files(tmp_path: Path) -> PlanFiles:
    shutil.copytree(FIXTURES / "plans", tmp_path, dirs_exist_ok=True)
    return PlanFiles(tmp_path)


@pytest.fixture(scope="module")
def _loaded_once(django_db_setup, django_db_blocker):
    """All documents, loaded once a module; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load.load([FIXTURES / "indicators.yaml"])
        load_plans(sorted((FIXTURES / "plans").glob("*.yaml")))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_loaded_once, db) -> None:
    """The five plan documents are in the database."""


@pytest.fixture
def indicators_only(db) -> None:
    load.load([FIXTURES / "indicators.yaml"])


class Inbox:
    """Takes what comes, or turns it away: all of it while `closed`, always what is for the `unknown`."""

    def __init__(self) -> None:
        self.letters, self.closed, self.unknown = [], False, ""

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # the server's own name
        if address == self.unknown:
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # the server's own name
        if self.closed:
            return "451 Try again later"
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def texts(self) -> dict[str, str]:
        return {letter["To"]: letter.get_content().replace("\r\n", "\n") for letter in self.letters}


@pytest.fixture
def inbox(settings) -> Iterator[Inbox]:
    found = Inbox()
    server = Controller(found, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield found
    server.stop()
