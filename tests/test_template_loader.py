"""Templates are compiled without their indentation; what a reader or a catalogue of texts sees as written is kept."""

import pytest
from django.template import engines
from django.template.loader import get_template

from viborg_plan.pages.template_loader import compact


def test_indentation_empty_lines_and_breaks_at_a_blocks_edge_cost_nothing():
    assert compact('<a class="b"\n    href="{{ c }}">d</a>') == '<a class="b" href="{{ c }}">d</a>'
    page = '<ul>\n    <li class="{% if a > b %}c{% endif %}">\n      a\n    </li>\n\n\n    <li>b  c</li>\n</ul>\n'
    assert compact(page) == '<ul><li class="{% if a > b %}c{% endif %}">a</li><li>b  c</li></ul>'


def test_a_line_break_stays_white_space_between_words():
    assert compact("<p>\n  Mål\n  <b>1</b>\n  {% if a %}\n    <a>{{ a }}</a>\n  {% endif %}\n</p>") == (
        "<p>Mål\n<b>1</b>\n{% if a %}<a>{{ a }}</a>{% endif %}</p>"
    )


@pytest.mark.parametrize("given", [{}, {"a": "A"}, {"b": "B"}, {"a": "A", "b": "B", "items": "xyz"}])
@pytest.mark.parametrize(
    "page",
    [
        "1\n  {% if a %}\n    {{ a }}\n  {% else %}\n    2\n  {% endif %}\n3",
        "1{% if a %}\n  {{ a }}\n{% endif %}\n{% if b %}\n  {{ b }}{% else %}4\n{% endif %}\n5",
        "1\n{% for item in items %}\n  {{ item }}\n{% empty %}\n  0\n{% endfor %}\n2",
        "{% for item in items %}\n  {% if b %}\n  {{ item }}\n  {% endif %}\n{% endfor %}\n{% if a %}\n2\n{% endif %}",
        "1{% for item in items %}{{ item }}{% if a %},\n  {% endif %}{% endfor %}.\n{% if a %}\n  2{% endif %}",
    ],
)
def test_words_stand_apart_exactly_where_they_did(page, given):
    assert rendered(compact(page), **given).split() == rendered(page, **given).split()


def test_preformatted_text_and_what_a_person_wrote_keep_every_space():
    pre = '<pre class="x">\n  a\n\n    b</pre>'
    box = "<textarea>\n  {{ text }}\n</textarea>"
    assert compact(f"<div>\n  {pre}\n  {box}\n</div>") == f"<div>{pre}\n{box}</div>"


def test_a_text_to_translate_keeps_its_key_unless_it_is_trimmed():
    exact = "{% blocktranslate with a=b %}\n  Et\n  mål{% endblocktranslate %}"
    assert compact(f"\n  {exact}\n  <p>") == f"\n{exact}<p>"
    trimmed = "{% blocktranslate with a=b trimmed %}\n  Et\n  mål\n{% endblocktranslate %}"
    assert compact(trimmed) == "{% blocktranslate with a=b trimmed %}\nEt\nmål\n{% endblocktranslate %}"


def test_the_portals_own_templates_come_through_it_and_a_mail_keeps_its_layout():
    assert "\n " not in get_template("base.html").template.source
    assert '\n{% if matter.detail %}  "{{ matter.detail }}"' in get_template("initiatives/reminder.txt").template.source
    assert get_template("admin/base.html").template.source.count("\n ") > 10, "Django's own are left as they are"


def test_a_wide_table_scrolls_by_itself_and_says_what_it_is():
    plain = "{% scroll_table %}<table></table>{% endscroll_table %}"
    assert rendered(plain) == (
        '<div class="scroll" tabindex="0" role="group" aria-label="Tabel, kan rulles"><table></table></div>'
    )
    named = '{% scroll_table label=name role="region" space="gap" %}{{ a }}{% endscroll_table %}'
    assert rendered(named, a="<b>", name="Kilder & tal") == (
        '<div class="scroll gap" tabindex="0" role="region" aria-label="Kilder &amp; tal">&lt;b&gt;</div>'
    )


def test_made_up_data_is_marked_and_only_that():
    assert rendered("tal{% demo_badge made_up %}.", made_up=True) == 'tal <span class="demo">demotal</span>.'
    assert rendered('ord{% demo_badge 1 _("demotekst") %}') == 'ord <span class="demo">demotekst</span>'
    assert rendered("tal{% demo_badge made_up %}.", made_up=False) == "tal."


def test_a_verdict_is_drawn_with_its_words_and_those_given_instead():
    shown = {"shape": "met", "word": "Nået", "detail": "mål 5", "spoken": "sagt"}
    page = rendered('{% verdict shown spoken="" %}', shown=type("Shown", (), shown)())
    assert 'class="mark met"' in page and "<b>Nået</b><small>mål 5</small></span>" in page
    assert "<b>Intet mål</b></span>" in rendered('{% verdict shape="unknown" word="Intet mål" %}')


def rendered(source: str, **context) -> str:
    return engines["django"].from_string(source).render(context)
