"""The README shows what a newcomer gets: its picture is taken here, its names are checked."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.demo_users import DEMO_PASSWORD, email_of
from accounts.roles import Role
from tests.plugins.browser import TABLET_LANDSCAPE

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_picture_of_the_front_page_shows_all_goals(page_at, tmp_path):
    page = page_at(TABLET_LANDSCAPE, "/")
    expect(page.get_by_test_id("goal-row")).to_have_count(11)
    picture = Path(os.environ.get("SCREENSHOTS") or tmp_path) / "forside.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))))
def test_every_make_target_the_readme_names_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


PLACES = {
    (document, place)
    for document in ("README.md", "docs/architecture.md")
    for place in re.findall(r"`((?:[a-z_]+/)+[\w.]*)`", (ROOT / document).read_text(encoding="utf-8"))
}


@pytest.mark.parametrize(("document", "place"), sorted(PLACES))
def test_every_file_and_folder_the_documents_name_exists(document, place):
    assert (ROOT / place).exists()


def test_the_readme_can_be_read_in_one_go_and_tells_where_to_change_twelve_things():
    assert len(README.splitlines()) <= 120
    section = README.partition("## Where do I change …")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\| .* \|$", section, re.MULTILINE)) == 1 + 12


@pytest.mark.parametrize("role", Role)
def test_the_demo_account_of_each_role_is_named_with_its_password(role):
    assert f"| `{email_of(role)}` | {role.label} |" in README
    assert f"`{DEMO_PASSWORD}`" in README


def test_every_decision_stands_once_under_a_subject():
    text = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)]
    subjects = text.partition("## By subject")[2].partition("\n## ")[0]
    assert numbers == list(range(1, len(numbers) + 1))
    assert sorted(int(number) for number in re.findall(r"\b\d+\b", subjects)) == numbers
