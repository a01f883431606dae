"""The project's plan documents: loaded, and as copies that a test may edit."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

import indicators.loading
from goals.loading_rows import Changes
from initiatives.loading import load_plans

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

    def load(self, *slugs: str) -> dict[str, Changes]:
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
        indicators.loading.load([FIXTURES / "indicators.yaml"])
        load_plans(sorted((FIXTURES / "plans").glob("*.yaml")))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_loaded_once, db) -> None:
    """The five plan documents are in the database."""


@pytest.fixture
def indicators_only(db) -> None:
    indicators.loading.load([FIXTURES / "indicators.yaml"])
