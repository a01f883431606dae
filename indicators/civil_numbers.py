"""The check for civil registration numbers, by the name the apps above know it. Pure."""

from accounts.civil_numbers import FORM, holds_civil_number, refuse_civil_number

__all__ = ["FORM", "holds_civil_number", "refuse_civil_number"]
