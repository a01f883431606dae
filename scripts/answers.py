"""What a running portal answers at every public address on three days, as files: made before and after a change,
`diff -r` shows whether a reader sees another page. White space and what differs between two starts is left out.

    python -m scripts.answers http://127.0.0.1:8000 before
"""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

from scripts.problems import Problem, say, told_in_one_sentence

STARTS = ("/", "/en/", "/api/v1/", "/data/", "/sitemap.xml")
DAYS = ("2020-03-01", "2020-09-15", "2026-08-30")  # before the supplement, after it, with real figures
MOST = 6000
LINKS = re.compile(r"""(?:href|src)="([^"#]+)|"(https?://[^"\s]+)""")
# The tokens of forms, names with a hash of the content, and the time of the answer itself.
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|(?<=\.)[0-9a-f]{12}(?=\.)')
SKIPPED = ("/static/", "/admin/", "/log-", "/en/log-", "/__")


@told_in_one_sentence
def main() -> int:
    if len(sys.argv) != 3:
        raise Problem("Say where the portal runs and which folder to fill: python -m scripts.answers URL FOLDER")
    base, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    seen = collect(base, folder)
    say(f"{len(seen)} addresses answered, in {folder}.")
    return 0


def collect(base: str, folder: Path) -> set[str]:
    """Follow every link from the starting pages, then ask each page and resource again for three days."""
    seen: set[str] = set()
    waiting = set(STARTS)
    with ThreadPoolExecutor(4) as pool:
        while waiting and len(seen) < MOST:
            batch = sorted(waiting)[: MOST - len(seen)]
            seen |= set(batch)
            found = set().union(*pool.map(lambda path: kept(base, path, folder), batch))
            waiting = {path for path in found if path not in seen}
    return seen


def kept(base: str, path: str, folder: Path) -> set[str]:
    """Keep the answer; give the addresses it leads to."""
    status, kind, text = answer(base + path)
    name = quote(path, safe="")[:200]
    (folder / name).write_text(f"{status} {kind}\n{normalised(text.replace(base, ''))}\n", encoding="utf-8")
    return {*linked(base, path, text), *(on_days(path) if status == 200 else ())}


class NoRedirects(HTTPRedirectHandler):
    """A redirect is an answer like any other; what it leads to may stand on another server."""

    def redirect_request(self, *_: object) -> None:
        return None


def answer(url: str) -> tuple[int, str, str]:
    try:
        with build_opener(NoRedirects).open(url, timeout=60) as response:
            body, kind, status = response.read(), response.headers.get_content_type(), response.status
    except HTTPError as error:
        body = error.headers.get("Location", "").encode() or error.read()
        kind, status = error.headers.get_content_type(), error.code
    except URLError as error:
        raise Problem(f"{url} does not answer ({error.reason}): start the portal first, with `make run`.") from error
    binary = not kind.startswith(("text/", "application/json", "application/xml", "application/problem"))
    return status, kind, f"{len(body)} bytes" if binary and "json" not in kind else body.decode("utf-8", "replace")


def normalised(text: str) -> str:
    """White space folded, and none beside a tag's edges."""
    folded = re.sub(r"\s+", " ", VARYING.sub("", text))
    return re.sub(r" ?(<[^>]*>) ?", r"\1\n", folded).strip()


def linked(base: str, path: str, text: str) -> set[str]:
    found = set()
    for match in LINKS.finditer(text):
        url = urlsplit(urljoin(base + path, (match[1] or match[2]).replace("&amp;", "&")))
        if f"{url.scheme}://{url.netloc}" == base and not url.path.startswith(SKIPPED) and not url.query:
            found.add(url.path)
    return found


def on_days(path: str) -> set[str]:
    if "?" in path:
        return set()
    return {f"{path}?{'as_of' if path.startswith('/api/') else 'kendt'}={day}" for day in DAYS}


if __name__ == "__main__":
    sys.exit(main())
