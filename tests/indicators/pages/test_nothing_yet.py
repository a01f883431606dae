"""On a portal's first day the pages of the menu say that there is nothing yet, and what will be there."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "nothing", "coming"),
    [
        ("/sammenlign/", "Der er intet at sammenligne endnu.", "så snart der er hentet tal for mere end én af dem"),
        ("/udforsk/", "Der er ingen tal at udforske endnu.", "så snart der er hentet tal"),
        ("/en/sammenlign/", "There is nothing to compare yet.", "for more than one of them"),
        ("/en/udforsk/", "There are no figures to explore yet.", "as soon as figures have been fetched"),
    ],
)
def test_a_page_of_the_menu_answers_before_there_are_figures(client, path, nothing, coming):
    answer = client.get(path)
    assert answer.status_code == 200
    assert nothing in answer.content.decode() and coming in answer.content.decode()


@pytest.mark.parametrize("path", ["/sammenlign.csv", "/udforsk.csv", "/udforsk.json"])
def test_a_file_of_figures_is_not_there_before_there_are_figures(client, path):
    assert client.get(path).status_code == 404
