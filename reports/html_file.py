"""The paper as one HTML file that needs no other: the page's sheet with its style inside."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts.permitted_text import readable
from indicators.http.stylesheets import joined
from reports.paper import Paper

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "portal.css"


def write(paper: Paper) -> bytes:
    context = {"paper": paper, "style": joined(STYLE), "language": get_language()}
    return readable(render_to_string("reports/file.html", context)).encode()
