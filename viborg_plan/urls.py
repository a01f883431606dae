"""All addresses of the portal. Pages stand in Danish, and in English under /en/; what programs read has one address."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from viborg_plan import api
from viborg_plan.api_errors import elsewhere
from viborg_plan.data import catalogues, feeds
from viborg_plan.pages import editorial_views, views

pages = i18n_patterns(
    path("", views.front, name="forside"),
    path("aendringer/", views.changed, name="aendringer"),
    path("om-tallene/", views.about_the_numbers, name="om-tallene"),
    path("data/", catalogues.data, name="data"),
    path("api/v1/docs/", api.docs, name="api-docs"),
    path("redaktion/", editorial_views.editing, name="redaktion"),
    path("redaktion/mangler.csv", editorial_views.gaps_csv, name="mangler-csv"),
    path("redaktion/mangler.xlsx", editorial_views.gaps_xlsx, name="mangler-xlsx"),
    path("", include("goals.urls")),
    path("", include("initiatives.urls")),
    path("", include("hearings.urls")),
    path("", include("indicators.urls")),
    path("", include("reports.urls")),
    path("", include("accounts.urls")),
    prefix_default_language=False,
)
urlpatterns = [
    *pages,
    path("data/catalog", catalogues.catalog, name="data-katalog"),
    path("data/datapackage.json", catalogues.datapackage, name="data-pakke"),
    path("data/nyt.atom", feeds.feed, name="nyt-atom"),
    path("data/nyt.json", feeds.feed, name="nyt-json"),
    path("was", views.accessibility_statement, name="was"),
    path("", include("viborg_plan.http.health")),
    path("api/v1/", include("viborg_plan.api")),
    re_path(r"^api(?P<path>(/[\s\S]*)?)$", elsewhere),
    path("admin/", admin.site.urls),
]
handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.server_error
