"""A real Chromium at the four sizes people use. An error on a page fails the test that opened it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Download, Locator, Page, Request, ViewportSize, sync_playwright

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
# For what a journey promises to everybody: each size, with script and without.
AT_EVERY_SIZE = pytest.mark.parametrize(
    ("viewport", "script"),
    [(viewport, script) for viewport in VIEWPORTS.values() for script in (True, False)],
    ids=[f"{size}-{script}" for size in VIEWPORTS for script in ("script", "no-script")],
)
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


@dataclass(frozen=True)
class Window:
    page: Page
    complaints: list[str]

    def forget(self) -> list[str]:
        """The next reader finds it as new. Gives what there was to complain about."""
        self.page.context.clear_cookies()
        self.page.evaluate("localStorage.clear()")
        self.page.emulate_media(media="null")
        complaints = self.complaints.copy()
        self.complaints.clear()
        return complaints

    def close(self) -> list[str]:
        self.page.context.close()
        return self.complaints


def open_window(browser: Browser, portal: str, **options) -> Window:
    context = browser.new_context(base_url=portal, locale="da-DK", **options)
    context.set_default_timeout(PATIENCE)
    window = Window(context.new_page(), [])
    listen(window.page, urlsplit(portal).netloc, window.complaints)
    return window


@pytest.fixture(scope="session")
def kept_windows() -> dict[tuple, Window]:
    """A new window costs a second of processor time; readers who come one after the other can share one."""
    return {}


PageAt = Callable[..., Page]


@pytest.fixture
def page_at(browser: Browser, portal: str, kept_windows: dict[tuple, Window]) -> Iterator[PageAt]:
    """`page_at(PHONE, "/planer/")` opens it at that size; more options are those of a browser context.

    A reader of a test gets a kept window, with its cached files; with `own=True`, a second one, or options, a new one.
    """
    kept: dict[tuple, Window] = {}
    new: list[Window] = []

    def window(own: bool, java_script_enabled: bool = True, **options) -> Window:
        key = portal, java_script_enabled
        if own or options or key in kept:
            new.append(open_window(browser, portal, java_script_enabled=java_script_enabled, **options))
            return new[-1]
        if key not in kept_windows:
            kept_windows[key] = open_window(browser, portal, java_script_enabled=java_script_enabled)
        kept[key] = kept_windows[key]
        return kept[key]

    def open_page(
        viewport: ViewportSize = TABLET_LANDSCAPE,
        path: str = "/",
        own: bool = False,
        cookies: Sequence[Any] = (),
        **options,
    ) -> Page:
        page = window(own, **options).page
        page.context.add_cookies(cookies)
        page.set_viewport_size(viewport)
        page.goto(path)
        return page

    yield open_page
    complaints = [line for used in kept.values() for line in used.forget()]
    assert complaints + [line for opened in new for line in opened.close()] == []


def keep_picture(page: Page, name: str) -> None:
    """In the folder of `make pictures`; a picture costs a third of a second, so the suite takes none."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder, f"{name}.jpg"), full_page=True, type="jpeg")


def follow(way: Locator) -> None:
    """Click what leads to another page, and wait until that one has come."""
    with way.page.expect_navigation():
        way.click()


def words_of(picture: Download) -> str:
    """What a reader can read in an SVG that was taken away."""
    return unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", picture.path().read_text(encoding="utf-8")))


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
        options = {"runOnly": WCAG_2_2_AA, "resultTypes": ["violations"], "preload": False}
        found = page.evaluate("options => axe.run(options)", options)["violations"]
        return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]

    return violations
