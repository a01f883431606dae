"""The portal in English: at an address of its own, whole, and with what stays Danish marked as Danish."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation

from accounts.roles import Role
from goals.sentences import measure_sentences, summaries
from goals.status.plan_status import plan_status
from indicators import formats, periods
from indicators.as_of import day_in, end_of
from tests.pages.test_every_page import PAGES
from tests.pages.test_import_page import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

IN_ENGLISH = {name: f"/en{path}" for name, path in PAGES.items()}
# Words and letters that English texts do not have. Names of places are the same in both languages.
DANISH = re.compile(
    r"[æøåÆØÅ]|\b(og|ikke|af|eller|til|der|som|med|kendt|siden|indsatser|kommune|kommuner|tal|hvad|nyt|fra"
    r"|oprindeligt|demotal|demotekst|afklares|ingen|alle|vis|mod)\b",
    re.IGNORECASE,
)
# What a reader types into an address is named as it is typed; these are the portal's own names of parameters.
AS_TYPED = re.compile(r"/en/\S+|\b(fra|til|gruppe|indikator|periode|omraade): ")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-name", "data-busy", "data-readout", "data-chosen")
SPOKEN += ("data-saved", "data-restored", "data-retrying", "data-gave-up")
UNSPOKEN = ("script", "style", "pre", "code", "title")  # a title names its plan as printed
VOID = {"meta", "link", "input", "br", "img", "path", "circle", "rect", "polyline", "hr"}


class Said(HTMLParser):
    """What a page says in its own language: texts and spoken attributes outside `lang=da` and code."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []  # of each open element: is what stands in it to be left out?
        self.texts: list[str] = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        hidden = given.get("lang") == "da" or tag in UNSPOKEN
        if not self.hidden and not hidden:
            self.texts += [given[name] for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self.open.append(hidden)

    def handle_endtag(self, tag):
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_data(self, data):
        if data.strip() and not self.hidden:
            self.texts.append(data.strip())

    @property
    def hidden(self) -> bool:
        return any(self.open)


@pytest.mark.parametrize("name", IN_ENGLISH)
def test_an_english_page_says_nothing_in_danish_that_is_not_marked(client, places, name):
    content = client.get(IN_ENGLISH[name]).content.decode()
    assert '<html lang="en">' in content
    said = Said()
    said.feed(content)
    assert len(said.texts) > 20
    texts = [AS_TYPED.sub("", places.sub("", text)) for text in said.texts]
    assert [text for text in texts if DANISH.search(text)] == []


AS_STAFF = [
    ("/konto/", Role.ADMINISTRATOR),
    ("/konto/api-noegler/", Role.ADMINISTRATOR),
    ("/redaktion/", Role.ADMINISTRATOR),
    ("/import/", Role.ADMINISTRATOR),
    ("/mine/", Role.STATUS_WRITER),
    ("/godkend/", Role.APPROVER),
    ("/planer/beskaeftigelsesplan-2020/maal/4/m04a/vurdering/", Role.STATUS_WRITER),
]


@pytest.mark.parametrize(("path", "role"), AS_STAFF)
def test_staff_too_find_english(places, path, role):
    said = Said()
    said.feed(logged_in(role).get(f"/en{path}").content.decode())
    assert [text for text in said.texts if DANISH.search(places.sub("", text))] == []


def test_a_page_leads_to_itself_in_the_other_language_and_back(client):
    there = "/planer/beskaeftigelsesplan-2020/maal/4/?kendt=2020-09-15"
    for path, other, code in ((there, f"/en{there}", "en"), (f"/en{there}", there, "da")):
        content = client.get(path).content.decode()
        switch = f'<a class="language" href="{other}" lang="{code}" hreflang="{code}">'
        assert content.count(switch) == 2
        assert f'<link rel="alternate" hreflang="{code}" href="{other}">' in content


def test_an_english_page_leads_to_english_pages(client):
    content = client.get("/en/?kendt=2020-09-15").content.decode()
    inside = set(re.findall(r'<a [^>]*href="(/[^"]*)"', content)) - {"/?kendt=2020-09-15", "/was"}
    assert len(inside) > 15
    assert [address for address in inside if not address.startswith("/en/")] == []


@pytest.mark.parametrize("path", ["/", "/planer/", "/findes-ikke/", "/api/v1/goals/?plan=findes-ikke"])
def test_only_the_address_chooses_the_language(client, path):
    client.cookies["django_language"] = "en"
    wanted = client.get(path, headers={"accept-language": "en"})
    assert wanted["Content-Language"] == "da"
    assert wanted.content == client.get(path, headers={"accept-language": "da"}).content
    assert "django_language" not in wanted.cookies


def test_the_address_without_its_last_stroke_leads_to_the_english_front_page(client):
    assert client.get("/en")["Location"] == "/en/"
    assert client.get("/english/")["Content-Language"] == "da"


def test_a_file_from_an_english_page_is_for_an_english_spreadsheet(client):
    name = "planer/beskaeftigelsesplan-2020/maal/4/m04a.csv"
    english, danish = (client.get(path).content.decode("utf-8-sig") for path in (f"/en/{name}", f"/{name}"))
    assert english.splitlines()[0].startswith("Period,Area,Value,Unit,Provisional")
    assert "January 2020,Viborg Municipality,11.1," in english
    assert "januar 2020;Viborg Kommune;11,1;" in danish


def test_english_sentences_are_whole_and_tell_the_same_numbers(portal_with_demo):
    status = plan_status(None, end_of(day_in("2021-03-01")))
    with translation.override("en"):
        assert measure_sentences.headline(status) == "7 of 10 goals meet the new targets"
        assert measure_sentences.lede(status) == (
            "Against the original plan: 1 of 7 goals are met, 1 is close, 4 are not met and 1 cannot be judged."
        )
        assert summaries.of_plan(status) == [
            "Against the new targets: goals 7 and 10 are not met; goal 4 is close.",
            "Since the same period the year before, of 11 measures: 3 better, 5 worse, 2 unchanged and 1 without a "
            "figure the year before.",
        ]
        said = {m.measure.code: " ".join(summaries.of_measure(m)).replace("\u00a0", " ") for m in status.measures}
    in_danish = {m.measure.code: " ".join(summaries.of_measure(m)) for m in status.measures}
    assert said["m04a"].startswith(
        "Share of 18-29-year-olds on temporary benefits, Viborg Municipality, November 2020: "
    )
    for code, text in said.items():
        assert numbers(text) == sorted(
            number.translate(str.maketrans(",.", ".,")) for number in numbers(in_danish[code])
        )


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", text))


def test_numbers_dates_and_periods_follow_english_form():
    with translation.override("en"):
        assert formats.number(1373) == "1,373"
        assert formats.measured(formats.Decimal("8.4"), "percent", 1) == "8.4\u00a0%"
        assert formats.as_printed("Antal: 1.373") == "1,373"
        assert formats.as_printed("10,9%") == "10.9\u00a0%"
        assert formats.difference(formats.Decimal("0.3"), "percent", 1) == "0.3\u00a0percentage points"
        assert formats.long_date(day_in("2020-08-25")) == "25\u00a0August 2020"
        assert formats.short_date(day_in("2020-08-25")) == "25 Aug 2020"
        assert formats.listed(["a", "b", "c"]) == "a, b and c"
        assert periods.named(periods.of(2020, 4), "Q") == "Q2 2020"
        assert periods.named(periods.of(2020, 4), "QMAT") == "4 quarters to Q2 2020"
        assert day_in("25 Aug 2020") == day_in("25 August 2020") == day_in("2020-08-25")
