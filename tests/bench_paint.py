"""`make bench`, what a reader waits for: the first paint of the front page on a processor slowed to a quarter.

Real Chromium at the tablet's size, a new window each time, the demo data on PostgreSQL, and in turn with it the
emptiest page the portal has, which shows what of the time is the browser's own. The charts are in the page and so in
its first paint. All readers but the first after a change get a copy of the page; what the first one sees is measured
beside it. Blocking time as Lighthouse counts it: what tasks after the first paint take beyond 50 ms each.
"""

import tempfile
from collections import defaultdict
from contextlib import ExitStack
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.bench import new_database
from tests.bench_pages import LOADING, manage, serve
from tests.plugins.browser import ARGUMENTS, TABLET_LANDSCAPE, executable
from tests.plugins.services import postgresql, redis

ROUNDS, SLOWER = 15, 4
OPENING, SETTLING = 1200, 400  # milliseconds: a new window has its own frame to draw first; tasks after the load
LONGEST_TASK = 50  # milliseconds
EMPTIEST = "/__version__"
PAGES = ["/", "/en/", "/planer/beskaeftigelsesplan-2020/maal/4/"]
MADE_ANEW = "/?"  # with a form's cookie, so that it is made for this reader alone
WATCH = """
window.tasks = [];
new PerformanceObserver(list => {
  for (const task of list.getEntries()) window.tasks.push([task.startTime, task.duration]);
}).observe({type: 'longtask', buffered: true});
"""
SEEN = """
() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
       performance.getEntriesByType('navigation')[0].responseEnd, window.tasks]
"""


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-paint-"))
        server, cache = stack.enter_context(postgresql()), stack.enter_context(redis())
        settings = {"REDIS_URL": cache, "VAR_DIR": f"{folder}/var", "PORTAL_ENV": "development"}
        settings["DATABASE_URL"] = new_database(server, "painted")
        for command in LOADING:
            manage(settings, *command)
        portal = f"http://127.0.0.1:{serve(stack, settings)}"
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable(), args=[*ARGUMENTS, "--no-sandbox"])
        stack.callback(browser.close)
        report(browser, portal)


def report(browser: Browser, portal: str) -> None:
    paints, waited, blocked = defaultdict(list), defaultdict(list), defaultdict(list)
    for _ in range(ROUNDS):
        for path in [EMPTIEST, *PAGES, MADE_ANEW]:
            paint, answered, tasks = seen(browser, portal + path)
            paints[path].append(paint)
            waited[path].append(answered)
            blocked[path].append(blocking(paint, tasks))
    head = f"{'first paint':>12}{'best':>6}{'answered':>10}{'blocking':>10}{'worst':>7}"
    print(f"{'milliseconds at a quarter of the speed':46}{head}")
    for path, found in paints.items():
        tasks = blocked[path]
        times = f"{median(found):12.0f}{min(found):6.0f}{median(waited[path]):10.0f}"
        print(f"{path:46}{times}{median(tasks):10.0f}{max(tasks):7.0f}")


def seen(browser: Browser, address: str) -> tuple[float, float, list[tuple[float, float]]]:
    """When the page was painted first, when it had come, and the long tasks as start and duration: milliseconds."""
    context = browser.new_context(viewport=TABLET_LANDSCAPE)
    if address.endswith(MADE_ANEW):
        context.add_cookies([{"name": "csrf", "value": "of-a-form", "url": address}])
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.wait_for_timeout(OPENING)
    page.goto(address)
    page.wait_for_timeout(SETTLING)
    paint, answered, tasks = page.evaluate(SEEN)
    context.close()
    return paint, answered, tasks


def blocking(paint: float, tasks: list[tuple[float, float]]) -> float:
    after = (min(length, start + length - paint) for start, length in tasks)
    return sum(max(0, length - LONGEST_TASK) for length in after)


if __name__ == "__main__":
    main()
