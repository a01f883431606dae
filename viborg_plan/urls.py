"""All addresses of the portal. Pages are Danish; the API and the health checks are not."""

from django.contrib import admin
from django.urls import include, path

from viborg_plan import editing, feeds, open_data, views

urlpatterns = [
    path("", views.front, name="forside"),
    path("aendringer/", views.changed, name="aendringer"),
    path("om-tallene/", views.about_the_numbers, name="om-tallene"),
    path("data/", open_data.data, name="data"),
    path("data/catalog", open_data.catalog, name="data-katalog"),
    path("data/datapackage.json", open_data.datapackage, name="data-pakke"),
    path("data/nyt.atom", feeds.feed, name="nyt-atom"),
    path("data/nyt.json", feeds.feed, name="nyt-json"),
    path("redaktion/", editing.editing, name="redaktion"),
    path("redaktion/mangler.csv", editing.gaps_csv, name="mangler-csv"),
    path("redaktion/mangler.xlsx", editing.gaps_xlsx, name="mangler-xlsx"),
    path("was", views.accessibility_statement, name="was"),
    path("", include("goals.urls")),
    path("", include("initiatives.urls")),
    path("", include("indicators.urls")),
    path("", include("accounts.urls")),
    path("", include("viborg_plan.health")),
    path("api/v1/", include("viborg_plan.api")),
    path("admin/", admin.site.urls),
]
handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.server_error
