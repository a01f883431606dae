"""Filters for objectives and questions: `{{ target|amount }}`, `{{ priority|priority_in_words }}`, `any_open`."""

from collections.abc import Iterable

from django import template

from goals.models import OpenQuestion
from goals.sentences import objective_words

register = template.Library()
register.filter("amount", objective_words.amount)
register.filter("priority_in_words", objective_words.priority_in_words)


@register.filter
def any_open(questions: Iterable[OpenQuestion]) -> bool:
    return any(question.answer is None for question in questions)
