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


@pytest.mark.parametrize("place", sorted(set(re.findall(r"\(?((?:docs|tests)/[\w./]+\.\w+)", README))))
def test_every_file_the_readme_names_exists(place):
    assert (ROOT / place).is_file()


@pytest.mark.parametrize("role", Role)
def test_the_demo_account_of_each_role_is_named_with_its_password(role):
    assert f"| `{email_of(role)}` | {role.label} |" in README
    assert f"`{DEMO_PASSWORD}`" in README
