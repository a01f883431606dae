"""The portal's own templates without their indentation, which shows the nesting and costs a reader nothing."""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader

# What keeps its text exactly: shown as written, sent as written, or the key of a translation.
KEPT = re.compile(
    r"<pre\b.*?</pre>|<textarea\b.*?</textarea>"
    r"|{% blocktrans(?:late)? (?!(?:(?!%}).)*\btrimmed\b).*?{% endblocktrans(?:late)? %}",
    re.DOTALL,
)
INDENTATION = re.compile(r"\n\s+")


class CompactLoader(Loader):
    """Django's loader of files; each HTML template is compiled as `compact` gives it."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        return compact(text) if str(origin.template_name).endswith(".html") else text


def compact(text: str) -> str:
    """Without white space at the start of lines and without empty lines; a line break stays a line break."""
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [INDENTATION.sub("\n", text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, INDENTATION.sub("\n", text[end:])])
