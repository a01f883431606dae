"""Front-end packages: installed by npm from the lock, and only what the pages use copied to static/vendor."""

import json
import re
from pathlib import Path

from scripts.environment import npm
from scripts.problems import ROOT, Problem, run, say
from scripts.trim_css import classes_of_the_pages, trim

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
NPM_INSTALLED = MODULES / ".package-lock.json"
DOWNLOAD = "The front-end packages could not be downloaded: check the connection (or npm's settings), try again."

# As templates (class="…"), scripts (.className = "…", .classList.add("…")) and forms (attrs["class"] = "…") say it.

FONT = "IBMPlexSans-{weight}-Latin1.woff2"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
FONT_FACE = (
    "@font-face{{font-display:swap;font-family:IBM Plex Sans;font-style:normal;font-weight:{number};"
    'src:url(fonts/{file}) format("woff2")}}'
)


def ensure_assets(*, dev: bool) -> None:
    """The tests need axe-core too; it stays in node_modules."""
    ensure_npm_packages(dev=dev)
    put_dkfds(MODULES / "dkfds")
    put_plotly(MODULES / "plotly.js-basic-dist-min")


def ensure_npm_packages(*, dev: bool) -> None:
    if npm_packages_are_current(dev=dev):
        return
    say("Installing the front-end packages …")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([*npm(), "ci", *quiet, *([] if dev else ["--omit=dev"])], DOWNLOAD)


def npm_packages_are_current(*, dev: bool) -> bool:
    if not NPM_INSTALLED.is_file():
        return False
    wanted = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    present = json.loads(NPM_INSTALLED.read_text(encoding="utf-8"))["packages"]
    needed = {name: package for name, package in wanted.items() if name and (dev or not package.get("dev"))}
    return all(present.get(name, {}).get("integrity") == needed[name]["integrity"] for name in needed)


def put(path: Path, content: bytes) -> None:
    """Write only what changed, so that collectstatic has nothing to do the second time."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def copy(source: Path, folder: Path) -> None:
    put(folder / source.name, source.read_bytes())


def put_dkfds(package: Path) -> None:
    """The neutral theme as far as the pages use it, with its icons and two font weights of Latin letters."""
    target = VENDOR / "dkfds"
    css = re.sub(r"@font-face\{[^}]*\}", "", (package / "dist/css/dkfds.min.css").read_text(encoding="utf-8"))
    css = trim(css, classes_of_the_pages()).replace("url(../img/", "url(img/")
    put(target / "dkfds.min.css", (font_faces() + css).encode())
    for icon in sorted(set(re.findall(r"url\((img/[\w./-]+)\)", css))):
        copy(package / "dist" / icon, target / Path(icon).parent)
    fonts = package / "dist/fonts/IBMPlexSans"
    for weight in WEIGHTS:
        copy(fonts / "split/woff2" / FONT.format(weight=weight), target / "fonts")
    copy(fonts / "complete/woff2/license.txt", target / "fonts")
    copy(package / "LICENSE.md", target)


def font_faces() -> str:
    return "".join(
        FONT_FACE.format(number=number, file=FONT.format(weight=weight)) for weight, number in WEIGHTS.items()
    )


def put_plotly(package: Path) -> None:
    """The bundle and its style rules, which it would else put into the page against the security policy."""
    target = VENDOR / "plotly"
    script = (package / "plotly-basic.min.js").read_text(encoding="utf-8")
    put(target / "plotly-basic.min.js", without_source_map(script).encode())
    put(target / "plotly.css", plotly_css(script).encode())
    copy(package / "LICENSE", target)


def plotly_css(script: str) -> str:
    """Read the bundle's table of rules: X stands for the plot, Y for its notices."""
    table = re.search(r'\{("X,X div":.*?)\}', script, re.DOTALL)
    if not table:
        raise Problem("This version of plotly.js keeps its style rules elsewhere: adapt scripts/assets.py.")
    rules = re.findall(r"""(?:"([^"]*)"|(\w+)):(?:"([^"]*)"|'([^']*)')""", table[1])
    # The bundle inserts each rule before the one it inserted last.
    lines = [f"{full_selector(a or b)} {{{c or d}}}" for a, b, c, d in reversed(rules)]
    return "\n".join(lines) + "\n"


def full_selector(selector: str) -> str:
    return selector.replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")


def without_source_map(text: str) -> str:
    return re.sub(r"(/\*|//)# sourceMappingURL=\S*?(\*/|$)", "", text, flags=re.MULTILINE)
