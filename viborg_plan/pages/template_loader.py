"""The portal's own templates without the white space nobody sees: it shows their nesting and costs a reader nothing."""

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
# Elements that are laid out as blocks, so that a break at their edge, outside or inside, is not rendered.
BLOCKS = (
    "article aside body br caption dd details div dl dt fieldset figure footer form h1 h2 h3 h4 head header hr html"
    " legend li link main meta nav ol option p section summary table tbody td tfoot th thead title tr ul"
).replace(" ", "|")
INLINE = "a|b|small|span|strong"
ATTRIBUTES = r"(?:{%.*?%}|{{.*?}}|[^>])*"
# A tag on a line of its own: the break before what opens, or after what closes, is rendered in any case.
AFTER_OPENING = re.compile(rf"(?<=\n)((?:{{% (?:if|with) [^%]*%}}|<(?:{INLINE})\b{ATTRIBUTES}>)+)\n")
BEFORE_CLOSING = re.compile(r"\n({% end(?:if|for|with) %})(?=\n)")
TAG = re.compile(rf"<[a-z]{ATTRIBUTES}>")
BEFORE_A_BLOCK = re.compile(rf"\n(?=</?(?:{BLOCKS})\b)")
AFTER_A_BLOCK = re.compile(rf"(</?(?:{BLOCKS})\b{ATTRIBUTES}>)\n")


class CompactLoader(Loader):
    """Django's loader of files; each HTML template is compiled as `compact` gives it."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        return compact(text) if str(origin.template_name).endswith(".html") else text


def compact(text: str) -> str:
    """Without indentation, doubled breaks and breaks at the edge of a block; between words a break stays a break."""
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [_compact(text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, _compact(text[end:])])


def _compact(text: str) -> str:
    text = TAG.sub(lambda tag: tag[0].replace("\n", " "), INDENTATION.sub("\n", text))
    text = BEFORE_CLOSING.sub(r"\1", AFTER_OPENING.sub(r"\1", text))
    return AFTER_A_BLOCK.sub(r"\1", BEFORE_A_BLOCK.sub("", text))
