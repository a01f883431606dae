"""A real Chromium at the four sizes people use. An error on a page fails the test that opened it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, ViewportSize, sync_playwright

TABLET_LANDSCAPE = ViewportSize(width=1024, height=690)
TABLET_PORTRAIT = ViewportSize(width=768, height=950)
DESKTOP = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
VIEWPORTS = {
    "tablet-landscape": TABLET_LANDSCAPE,
    "tablet-portrait": TABLET_PORTRAIT,
    "desktop": DESKTOP,
    "phone": PHONE,
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000  # milliseconds until a thing that should be on the page counts as missing
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def executable() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.exit("Chromium was not found: type `make test`, which installs what the tests need.", 1)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Chromium's sandbox does not work for root, which is who runs the tests in a container.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=arguments)
        yield chromium
        chromium.close()


PageAt = Callable[..., Page]


@pytest.fixture
def page_at(browser: Browser, portal: str) -> Iterator[PageAt]:
    """`page_at(PHONE, "/planer/")` opens it at that size; more options are those of a browser context."""
    contexts, complaints = [], []

    def open_page(viewport: ViewportSize = TABLET_LANDSCAPE, path: str = "/", **options) -> Page:
        context = browser.new_context(viewport=viewport, base_url=portal, locale="da-DK", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        listen(page, urlsplit(portal).netloc, complaints)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def follow(way: Locator) -> None:
    """Click what leads to another page, and wait until that one has come."""
    with way.page.expect_navigation():
        way.click()


def listen(page: Page, host: str, complaints: list[str]) -> None:
    """Errors of scripts and of the security policy, and requests to any other host, are complaints."""

    def console(message: ConsoleMessage) -> None:
        # The answer's status is the test's business, not an error of the page.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{page.url}: {message.text}")

    def request(asked: Request) -> None:
        address = urlsplit(asked.url)
        if address.scheme in ("http", "https") and address.netloc != host:
            complaints.append(f"{page.url} asks {asked.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", request)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What is against WCAG 2.2 AA on the page: rule and place, one line each."""
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        options = {"runOnly": WCAG_2_2_AA, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(options)", options)["violations"]
        return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]

    return violations
