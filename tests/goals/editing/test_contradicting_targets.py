"""A target that no figure can meet is refused by the editors' forms, with what to do."""

from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.pages.test_edit_pages import PLAN, opened
from tests.pages.test_import_page import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


@pytest.mark.parametrize(
    ("place", "said", "refusal"),
    [
        (["nyt-maaltal", 8, "m08"], {"rule": "ceiling"}, "Målepunktet siger »højere er bedre«."),
        (["rediger-maalepunkt", 3, "m03"], {"better": "higher"}, "Målepunktet har et loft, og under et loft er"),
    ],
)
def test_a_target_that_contradicts_its_measure_is_refused(place, said, refusal):
    editor = logged_in(Role.SECRETARY, email="rie@example.org")
    path = reverse(place[0], args=[PLAN, *place[1:]])
    decided = {"reason": "Udvalget besluttede det.", "meeting": "2020-12-01", "text": "Besluttet."}
    answer = editor.post(path, opened(editor, path) | decided | said)
    assert answer.status_code == 422 and refusal in unescape(answer.content.decode())
