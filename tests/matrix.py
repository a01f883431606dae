"""Who may do what at every address of the portal: roles × addresses × methods, as data.

A new address needs a row in ROWS: its route as the resolver spells it, an example path that exists in the demo, who may
come in, and which methods it takes. Most are one of these:

    "nyt/": Row("/nyt/"),                                          # a page everybody reads
    "mine/": Row("/mine/", {P.WRITE_STATUS}, READ),                # staff with the permission; others are told 404
    "mine/gem/": Row("/mine/gem/", {P.WRITE_STATUS}, ("POST",)),
    "konto/": Row("/konto/", LOGGED_IN),
    "api/v1/^ting/$": Row("/api/v1/ting/", methods=API),
"""

from dataclasses import dataclass

from accounts.models import ApiToken
from accounts.roles import Permission

P = Permission
EVERYBODY, LOGGED_IN, ADMINISTRATORS = "everybody", "logged in", "administrators"
ALL = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")  # a page that only reads answers all alike
READ = ("GET", "HEAD")
FORM = ("GET", "POST")
API = ("GET", "HEAD", "OPTIONS")
FRAMEWORK_FORM = (*API, "POST", "PUT")  # Django's form views take both


@dataclass(frozen=True)
class Row:
    """`who` is one of the words above, or permissions of which any one opens. `answer` is for those let in."""

    path: str
    who: str | set[Permission] = EVERYBODY
    methods: tuple[str, ...] = ALL
    scope: ApiToken.Scope | None = None  # what a token needs to POST
    answer: int | None = None  # where even those let in get a refusal: 403 or 404


PLAN = "/planer/beskaeftigelsesplan-2020/"
IMPORTS, APPROVES = {P.IMPORT_FIGURES}, {P.IMPORT_FIGURES, P.APPROVE}

PAGES = {
    "": Row("/"),
    "aendringer/": Row("/aendringer/"),
    "om-tallene/": Row("/om-tallene/"),
    "om-tallene/rettelser/": Row("/om-tallene/rettelser/"),
    "data/": Row("/data/"),
    "data/catalog": Row("/data/catalog"),
    "data/datapackage.json": Row("/data/datapackage.json"),
    "data/nyt.atom": Row("/data/nyt.atom"),
    "data/nyt.json": Row("/data/nyt.json"),
    "was": Row("/was"),
    "planer/": Row("/planer/"),
    "planer/<slug:slug>/": Row(PLAN),
    "planer/<slug:slug>/maalepunkter/": Row(f"{PLAN}maalepunkter/"),
    "planer/<slug:slug>/maalepunkter.csv": Row(f"{PLAN}maalepunkter.csv"),
    "planer/<slug:slug>/maal/<int:number>/": Row(f"{PLAN}maal/4/"),
    "planer/<slug:slug>/maal/<int:number>/<slug:code>.csv": Row(f"{PLAN}maal/4/m04a.csv"),
    "planer/<slug:slug>/maal/<int:number>/<slug:code>.json": Row(f"{PLAN}maal/4/m04a.json"),
    "maalsaetninger/": Row("/maalsaetninger/"),
    "indsatser/": Row("/indsatser/"),
    "indsatser/<slug:slug>/": Row("/indsatser/task-force-viborg/"),
    "partnere/<slug:slug>/": Row("/partnere/mercantec/"),
    "hoeringer/": Row("/hoeringer/"),
    "hoeringer/<slug:slug>/": Row("/hoeringer/beskaeftigelsesplan-2021/"),
    "moeder/": Row("/moeder/"),
    "moeder/<day:day>/": Row("/moeder/2020-09-15/"),
    "moeder/<day:day>.css": Row("/moeder/2020-09-15.css"),
    "moeder/<day:day>.<slug:form>": Row("/moeder/2020-09-15.xlsx"),
    "sammenlign/": Row("/sammenlign/"),
    "sammenlign.csv": Row("/sammenlign.csv"),
    "sammenlign/forventet.csv": Row("/sammenlign/forventet.csv"),
    "udforsk/": Row("/udforsk/"),
    "udforsk.csv": Row("/udforsk.csv"),
    "udforsk.json": Row("/udforsk.json"),
    "forbundne-kar/": Row("/forbundne-kar/"),
    "forbundne-kar.csv": Row("/forbundne-kar.csv"),
    "indikatorer/": Row("/indikatorer/"),
    "indikatorer/<slug:code>/": Row("/indikatorer/ledige-pct-befolkning/"),
    "indikatorer/<slug:code>/udgaver.csv": Row("/indikatorer/ledige-pct-befolkning/udgaver.csv"),
    "indikatorer/<slug:code>.csv": Row("/indikatorer/ledige-pct-befolkning.csv"),
    "indikatorer/<slug:code>.json": Row("/indikatorer/ledige-pct-befolkning.json"),
    "__lbheartbeat__": Row("/__lbheartbeat__"),
    "__heartbeat__": Row("/__heartbeat__"),
    "__version__": Row("/__version__"),
}
EDITS = {P.EDIT_PLANS}
EDIT = f"{PLAN}rediger/"
EDIT_MODEL = "/planer/beskaeftigelsesplan-2021/rediger/"
EDITING = {
    "hoeringer/<slug:slug>/punkter/<slug:code>/": Row(
        "/hoeringer/beskaeftigelsesplan-2021/punkter/h10/", {P.EDIT_PLANS, P.APPROVE}, FORM
    ),
    "planer/<slug:slug>/rediger/": Row(EDIT, EDITS, READ),
    "planer/<slug:slug>/rediger/oplysninger/": Row(f"{EDIT}oplysninger/", EDITS),
    "planer/<slug:slug>/rediger/kopier/": Row(f"{EDIT}kopier/", EDITS),
    "planer/<slug:slug>/rediger/udgiv/": Row(f"{EDIT}udgiv/", EDITS, answer=404),  # it is published
    "planer/<slug:slug>/rediger/nyt-maal/": Row(f"{EDIT}nyt-maal/", EDITS),
    "planer/<slug:slug>/rediger/maal/<int:number>/": Row(f"{EDIT}maal/4/", EDITS),
    "planer/<slug:slug>/rediger/maal/<int:number>/nyt-maalepunkt/": Row(f"{EDIT}maal/4/nyt-maalepunkt/", EDITS),
    "planer/<slug:slug>/rediger/maal/<int:number>/<slug:code>/": Row(f"{EDIT}maal/4/m04a/", EDITS),
    "planer/<slug:slug>/rediger/maal/<int:number>/<slug:code>/maaltal/": Row(f"{EDIT}maal/4/m04a/maaltal/", EDITS),
    "planer/<slug:slug>/rediger/nyt-fokusomraade/": Row(f"{EDIT}nyt-fokusomraade/", EDITS),
    "planer/<slug:slug>/rediger/fokusomraade/<slug:code>/": Row(f"{EDIT}fokusomraade/fa1/", EDITS),
    "planer/<slug:slug>/rediger/nyt-tema/": Row(f"{EDIT}nyt-tema/", EDITS),
    "planer/<slug:slug>/rediger/tema/<int:number>/": Row(f"{EDIT_MODEL}tema/1/", EDITS),
    "planer/<slug:slug>/rediger/tema/<int:number>/ny-maalsaetning/": Row(f"{EDIT_MODEL}tema/1/ny-maalsaetning/", EDITS),
    "planer/<slug:slug>/rediger/maalsaetning/<str:number>/": Row(f"{EDIT_MODEL}maalsaetning/1.1/", EDITS),
    "planer/<slug:slug>/rediger/maalsaetning/<str:number>/prioritet/": Row(
        f"{EDIT_MODEL}maalsaetning/1.1/prioritet/", EDITS
    ),
    "planer/<slug:slug>/rediger/ny-indsats/": Row(f"{EDIT}ny-indsats/", EDITS),
    "planer/<slug:slug>/rediger/ny-partner/": Row(f"{EDIT}ny-partner/", EDITS),
    "indsatser/<slug:slug>/rediger/": Row("/indsatser/task-force-viborg/rediger/", EDITS),
    "partnere/<slug:slug>/rediger/": Row("/partnere/mercantec/rediger/", EDITS),
    "redaktion/afklar/<slug:slug>/<str:code>/": Row("/redaktion/afklar/tillaeg-2020/Q1/", EDITS),
}
STATUS = {
    "mine/": Row("/mine/", {P.WRITE_STATUS}, READ),
    "mine/<slug:slug>/<str:month>/": Row("/mine/task-force-viborg/2026-10/", {P.WRITE_STATUS}, FORM),
    "planer/<slug:slug>/maal/<int:number>/<slug:code>/vurdering/": Row(
        f"{PLAN}maal/4/m04a/vurdering/", {P.WRITE_STATUS}, FORM
    ),
    "konto/paamindelser/": Row("/konto/paamindelser/", {P.WRITE_STATUS}, FORM),
    "godkend/": Row("/godkend/", {P.APPROVE}, READ),
    "godkend/<slug:kind>/<int:number>/": Row("/godkend/status/0/", {P.APPROVE}, ("POST",), answer=404),
    "moeder/<day:day>/lav/": Row("/moeder/2020-09-15/lav/", {P.MAKE_REPORTS}, ("POST",)),
    "redaktion/maaneder/": Row("/redaktion/maaneder/", {P.MAKE_REPORTS}, FORM),
}
STAFF = {
    "redaktion/mangler.csv": Row("/redaktion/mangler.csv", {P.READ_INTERNAL}, READ),
    "redaktion/mangler.xlsx": Row("/redaktion/mangler.xlsx", {P.READ_INTERNAL}, READ),
    "redaktion/": Row("/redaktion/", {P.READ_INTERNAL}, READ),
    "interne-tal/": Row("/interne-tal/", {P.READ_INTERNAL}, READ),
    "interne-tal/formaal/": Row("/interne-tal/formaal/", {P.READ_INTERNAL}, ("POST",)),
    "interne-tal/<slug:code>/": Row("/interne-tal/virksomheder-besoegt/", {P.READ_INTERNAL}, READ),
    "interne-tal/<slug:code>.csv": Row("/interne-tal/virksomheder-besoegt.csv", {P.READ_INTERNAL}, READ),
    "import/": Row("/import/", IMPORTS, FORM),
    "import/skabelon.xlsx": Row("/import/skabelon.xlsx", IMPORTS, READ),
    "import/<int:number>/": Row("/import/{run}/", APPROVES, READ),
    "import/<int:number>/tilstand.json": Row("/import/{run}/tilstand.json", APPROVES, READ),
    "import/<int:number>/bekraeft/": Row("/import/{run}/bekraeft/", IMPORTS, ("POST",)),
    "import/<int:number>/kasser/": Row("/import/{run}/kasser/", APPROVES, ("POST",)),
    "import/<int:number>/fortryd/": Row("/import/{run}/fortryd/", IMPORTS, ("POST",)),
    "import/<int:number>/godkend/": Row("/import/{run}/godkend/", {P.APPROVE}, ("POST",)),
    "historik/<slug:kind>/<path:key>/": Row("/historik/goal/p/4/", {P.READ_INTERNAL, P.READ_AUDIT}, READ),
    "revisionsspor/": Row("/revisionsspor/", {P.READ_AUDIT}, READ),
}
ACCOUNT = {
    "log-ind/": Row("/log-ind/", methods=FRAMEWORK_FORM),
    "log-ind/faelles/": Row("/log-ind/faelles/", methods=READ, answer=404),  # off without OIDC_ISSUER
    "log-ind/faelles/svar/": Row("/log-ind/faelles/svar/", methods=READ, answer=404),
    "log-ud/": Row("/log-ud/", methods=("POST", "OPTIONS")),
    "konto/": Row("/konto/", LOGGED_IN),
    "konto/api-noegler/": Row("/konto/api-noegler/", LOGGED_IN),
    "konto/api-noegler/<slug:prefix>/spaer/": Row("/konto/api-noegler/{token}/spaer/", LOGGED_IN, ("POST",)),
}
INTERFACE = {
    "api/v1/": Row("/api/v1/", methods=API),
    "api/v1/schema/": Row("/api/v1/schema/", methods=API),
    "api/v1/docs/": Row("/api/v1/docs/"),
    "api/v1/^plans/$": Row("/api/v1/plans/", methods=API),
    "api/v1/^plans/(?P<slug>[-a-zA-Z0-9_]+)/$": Row("/api/v1/plans/beskaeftigelsesplan-2020/", methods=API),
    "api/v1/^goals/$": Row("/api/v1/goals/?limit=1", methods=API),
    "api/v1/^targets/$": Row("/api/v1/targets/?limit=1", methods=API),
    "api/v1/^indicators/$": Row("/api/v1/indicators/?limit=1", methods=API),
    "api/v1/^indicators/(?P<code>[-a-zA-Z0-9_]+)/$": Row("/api/v1/indicators/ledige-pct-befolkning/", methods=API),
    "api/v1/^areas/$": Row("/api/v1/areas/?limit=1", methods=API),
    "api/v1/^areas/(?P<code>[-a-zA-Z0-9_]+)/$": Row("/api/v1/areas/791/", methods=API),
    "api/v1/^series/$": Row("/api/v1/series/?limit=1", methods=API),
    "api/v1/^observations/$": Row(
        "/api/v1/observations/?limit=1", methods=(*API, "POST"), scope=ApiToken.Scope.WRITE_OBSERVATIONS
    ),
    "api/v1/^imports/$": Row("/api/v1/imports/?limit=1", methods=API),
    "api/v1/^themes/$": Row("/api/v1/themes/?limit=1", methods=API),
    "api/v1/^objectives/$": Row("/api/v1/objectives/?limit=1", methods=API),
    "api/v1/^initiatives/$": Row("/api/v1/initiatives/?limit=1", methods=API),
    "api/v1/^initiatives/(?P<slug>[-a-zA-Z0-9_]+)/$": Row("/api/v1/initiatives/task-force-viborg/", methods=API),
    "api/v1/^partners/$": Row("/api/v1/partners/?limit=1", methods=API),
    "api/v1/^partners/(?P<slug>[-a-zA-Z0-9_]+)/$": Row("/api/v1/partners/mercantec/", methods=API),
    "api/v1/^status-updates/$": Row(
        "/api/v1/status-updates/?limit=1", methods=(*API, "POST"), scope=ApiToken.Scope.WRITE_STATUS
    ),
    "api/v1/^hearings/$": Row("/api/v1/hearings/?limit=1", methods=API),
    "api/v1/^hearings/(?P<slug>[-a-zA-Z0-9_]+)/$": Row("/api/v1/hearings/beskaeftigelsesplan-2021/", methods=API),
    "api/v1/^reports/$": Row("/api/v1/reports/?limit=1", methods=API),
    r"api/v1/^(?P<path>[\s\S]+)$": Row("/api/v1/findes-ikke/", answer=404),
    r"^api(?P<path>(/[\s\S]*)?)$": Row("/api/v2/findes-ikke/", answer=404),
}


def _admin(path: str, methods: tuple[str, ...] = ALL, answer: int | None = None) -> Row:
    return Row(f"/admin/{path}", ADMINISTRATORS, methods, answer=answer)


ADMIN = {
    "admin/": _admin(""),
    "admin/login/": Row("/admin/login/", methods=FRAMEWORK_FORM),
    "admin/logout/": _admin("logout/", ("POST", "OPTIONS")),
    "admin/password_change/": _admin("password_change/", FRAMEWORK_FORM),
    "admin/password_change/done/": _admin("password_change/done/", API),
    "admin/autocomplete/": _admin("autocomplete/", API, answer=403),  # no field asks for it
    "admin/jsi18n/": _admin("jsi18n/", API),
    "admin/r/<path:content_type_id>/<path:object_id>/": _admin("r/1/1/", answer=404),
    "admin/accounts/user/<id>/password/": _admin("accounts/user/{user}/password/"),
    "admin/accounts/auditevent/add/": _admin("accounts/auditevent/add/", answer=403),
    "admin/accounts/auditevent/<path:object_id>/delete/": _admin(
        "accounts/auditevent/{auditevent}/delete/", answer=403
    ),
    "admin/accounts/auditevent/<path:object_id>/change/": _admin(
        "accounts/auditevent/{auditevent}/change/", (*API, "PUT", "PATCH", "DELETE")
    ),
    "admin/accounts/auditevent/<path:object_id>/history/": _admin("accounts/auditevent/{auditevent}/history/"),
    "admin/accounts/user/<path:object_id>/delete/": _admin("accounts/user/{user}/delete/", answer=403),
    "admin/^(?P<app_label>accounts)/$": _admin("accounts/"),
    "admin/(?P<url>.*)$": _admin("findes-ikke/", answer=404),
}
for _model in ("user", "team", "auditevent"):
    _of = f"admin/accounts/{_model}/"
    ADMIN |= {_of: _admin(f"accounts/{_model}/"), f"{_of}<path:object_id>/": _admin(f"accounts/{_model}/{{{_model}}}/")}
    for _what in ("add/", "<path:object_id>/history/", "<path:object_id>/delete/", "<path:object_id>/change/"):
        _path = f"accounts/{_model}/{_what}".replace("<path:object_id>", f"{{{_model}}}")
        ADMIN.setdefault(f"{_of}{_what}", _admin(_path))

ROWS: dict[str, Row] = {**PAGES, **EDITING, **STATUS, **STAFF, **ACCOUNT, **INTERFACE, **ADMIN}
