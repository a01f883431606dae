"""The English catalogue: every text of the pages has an English one that says as much, and is compiled."""

import re
from collections import Counter

import pytest

from scripts import messages

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")
MARKUP = re.compile(r"</?[a-z]+[^>]*>")


@pytest.fixture(scope="module")
def catalogue():
    return messages.catalogue()


def pairs(catalogue):
    """Danish and English, the numbers of a text apart."""
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            said = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            yield from zip(ids, said, strict=True)


def test_every_text_of_the_pages_has_an_english_one(catalogue):
    now = messages.up_to_date(catalogue, messages.used())
    assert messages.missing(now) == [], "fill them in locale/en/LC_MESSAGES/django.po after `make messages`"


def test_the_catalogue_holds_nothing_that_no_page_says(catalogue):
    now = messages.up_to_date(catalogue, messages.used())
    assert {str(message.id) for message in catalogue} - {str(message.id) for message in now} == set()


def test_an_english_text_has_the_same_placeholders_and_markup(catalogue):
    def differing(pattern):
        return [
            (danish, english)
            for danish, english in pairs(catalogue)
            if Counter(pattern.findall(danish)) != Counter(pattern.findall(english))
        ]

    assert differing(PLACEHOLDER) == []
    assert differing(MARKUP) == []


def test_an_english_text_begins_and_ends_with_the_same_space(catalogue):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [(one, other) for one, other in pairs(catalogue) if edges(one) != edges(other)] == []


def test_what_is_served_is_compiled_from_what_is_written(catalogue):
    assert messages.compiled(catalogue) == messages.MO.read_bytes(), "run `make messages`"


def test_texts_are_found_in_calls_in_templates_and_in_names():
    code = "f\"{_('inde i')} {ngettext('en', 'flere', n)}\"; other(\"ikke\")"
    assert set(messages.in_code(code)) == {("inde i", None), (("en", "flere"), None)}
    template = (
        '{% translate "Tal" context "pl" %}{% blocktranslate with n=x|add:_("to") %}{{ n }} %{% endblocktranslate %}'
    )
    assert set(messages.in_template(template)) == {("Tal", "pl"), ("%(n)s %%", None), ("to", None)}
    framed = '{% scroll_table %}{% if x %}{% translate "I en tabel" %}{% endif %}{% endscroll_table %}'
    assert set(messages.in_template(framed)) == {("I en tabel", None)}
    assert list(messages.in_names([{"short_name": "Kort", "name": "Langt"}])) == ["Kort"]
