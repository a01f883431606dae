"""The tag that finds an initiative's status as known on the page's day."""

from django import template
from django.template import Context

from initiatives.models import Initiative, StatusUpdate

register = template.Library()


@register.simple_tag(takes_context=True)
def known_status(context: Context, initiative: Initiative) -> StatusUpdate | None:
    """The initiative's newest status as known on the page's day."""
    return initiative.status_at(context["known"].moment)
