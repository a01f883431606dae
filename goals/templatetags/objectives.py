"""Filters for objectives: `{{ target|amount }}`, `{{ priority|priority_in_words }}`."""

from django import template

from goals.sentences import objective_words

register = template.Library()
register.filter("amount", objective_words.amount)
register.filter("priority_in_words", objective_words.priority_in_words)
