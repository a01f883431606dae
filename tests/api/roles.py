"""Tokens as each role would make them: logged in on the portal, on the page for it."""

import re
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from accounts.demo_users import DEMO_PASSWORD, email_of
from accounts.roles import Role

FORM_KEY = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TOKEN = re.compile(r"viborg_[0-9a-f]{8}_[-\w]{43}")
SCOPE = re.compile(r'name="scopes" value="([^"]+)"')


def token_of(portal: str, role: Role) -> str:
    """With all that the page offers."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    _submit(browser, f"{portal}/log-ind/", username=email_of(role), password=DEMO_PASSWORD)
    address = f"{portal}/konto/api-noegler/"
    page = browser.open(address).read().decode()
    made = _submit(browser, address, name="Prøve", days=1, scopes=SCOPE.findall(page))
    return TOKEN.findall(made)[0]


def _submit(browser: urllib.request.OpenerDirector, address: str, **fields) -> str:
    form = browser.open(address).read().decode()
    fields["csrfmiddlewaretoken"] = FORM_KEY.findall(form)[0]
    return browser.open(address, urlencode(fields, doseq=True).encode()).read().decode()
