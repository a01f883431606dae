"""Addresses of logging in and out, and of one's own account."""

from django.urls import path

from accounts import audit_views, oidc_views, token_views, views
from accounts.login_views import Login

urlpatterns = [
    path("log-ind/", Login.as_view(), name="log-ind"),
    path("log-ind/faelles/", oidc_views.start, name="faelles-login"),
    path("log-ind/faelles/svar/", oidc_views.answer, name="faelles-login-svar"),
    path("log-ud/", oidc_views.Logout.as_view(), name="log-ud"),
    path("konto/", views.account, name="konto"),
    path("konto/api-noegler/", token_views.tokens, name="api-noegler"),
    path("konto/api-noegler/<slug:prefix>/spaer/", token_views.revoke, name="api-noegle-spaer"),
    path("historik/<slug:kind>/<path:key>/", audit_views.of_object, name="historik"),
    path("revisionsspor/", audit_views.search, name="revisionsspor"),
]
