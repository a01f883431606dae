"""What every form of the editors' shares: its look, the state it was opened on, and numbers as Danes write them."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.civil_numbers import masked
from accounts.models import Team
from goals.editing.audited_change import state_of
from indicators import formats, periods
from indicators.files.period_texts import moment_of
from indicators.translation import DANISH, in_english

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

THOUSANDS = re.compile(r"^\d{1,3}(\.\d{3})+$")


class DanishNumber(forms.DecimalField):
    """ "8,4", "8.4" and "1.373": three digits after every point are thousands. Danish on English pages too."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        with override("da"):
            return formats.number(value, formats.decimals_of(value))

    def to_python(self, value: Any) -> Any:
        text = str(value).strip().removesuffix("%").strip() if value not in (None, "") else value
        if isinstance(text, str):
            whole, _comma, rest = text.partition(",")
            text = f"{whole.replace('.', '')}.{rest}" if rest else whole
            text = whole.replace(".", "") if THOUSANDS.match(whole) and not rest else text
        return super().to_python(text)


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodField(forms.CharField):
    """ "2021-12", "4. kvt. 2021" or "2021" as the number of a month: the period's first, or with `last` its last."""

    def __init__(self, *args: Any, last: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, max_length=40, **kwargs)
        self.last = last

    def prepare_value(self, value: Any) -> Any:
        return periods.iso(value, periods.Frequency.MONTH) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return month_in(text, last=self.last) if text else None


class PathField(forms.CharField):
    """Steps, one a line: "2021: 72,6". What is stored is a list of month, value and printed form."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        said = [(periods.iso(step["due"], "M"), DanishNumber().prepare_value(Decimal(step["value"]))) for step in value]
        return "\n".join(f"{month}: {amount}" for month, amount in said)

    def to_python(self, value: Any) -> Any:
        lines = [line for line in str(super().to_python(value) or "").splitlines() if line.strip()]
        steps = [self._step(line) for line in lines]
        if [step["due"] for step in steps] != sorted({step["due"] for step in steps}):
            raise forms.ValidationError(_("Trinene skal stå i tidens orden, hver periode én gang."))
        return steps

    def _step(self, line: str) -> dict[str, Any]:
        when, sign, amount = line.partition(":")
        if not sign:
            raise forms.ValidationError(_("Skriv hvert trin som 2021: 72,6."))
        value = DanishNumber(max_digits=14, decimal_places=4).clean(amount.strip())
        return {"due": month_in(when, last=True), "value": f"{value:f}", "printed": ""}


def month_in(text: str, *, last: bool) -> int:
    try:
        moment = moment_of(text)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from None
    return periods.last_month(moment.number, moment.frequency) if last else moment.number


class Styled(forms.Form):
    """Fields in the design system's clothes; `seen` is what the editor saw when the form was opened."""

    data: QueryDict  # as the page's request sent it
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            if in_english() and _holds_the_plans_words(field):
                widget.attrs["lang"] = DANISH
            if isinstance(widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)):
                continue
            widget.attrs["class"] = "form-select" if isinstance(widget, forms.Select) else "form-input"
            if isinstance(widget, forms.Textarea):
                widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        """The fields that could be read."""
        super().clean()
        return self.cleaned_data

    @property
    def said(self) -> dict[str, Any]:
        """What the editor said, without what only the form needs."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "reason")}

    def hide_private(self) -> None:
        """Civil registration numbers are not sent back either; the rest need not be typed again."""
        data = self.data.copy()
        for name in data:
            data.setlist(name, [masked(text) for text in data.getlist(name)])
        self.data = data

    def catch_up(self, seen: str) -> None:
        """After a conflict: the editor's own text stays, on top of what is there now."""
        self.data = self.data.copy()
        self.data["seen"] = seen


def _holds_the_plans_words(field: forms.Field) -> bool:
    """What is written in it, or chosen from the plans; days, numbers, addresses and the portal's own words are not."""
    return type(field) is forms.CharField or isinstance(field, forms.ModelChoiceField)


class RowForm(Styled):
    """The fields of a row, all of them as the row has them; the names are those of the model's fields."""

    reason = forms.CharField(
        label=_("Hvorfor rettes det?"), help_text=_("Står i historikken."), max_length=300, required=False
    )

    def __init__(self, *args: Any, row: Model | None = None, **kwargs: Any) -> None:
        self.row = row
        if row is not None:
            kwargs["initial"] = {**self.state_now(row)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    @classmethod
    def names(cls) -> list[str]:
        return [name for name in cls.base_fields if name not in ("seen", "reason")]

    def state_now(self, row: Model) -> dict[str, Any]:
        many = {field.name for field in row._meta.many_to_many}
        names = [name for name in self.names() if name in {field.name for field in row._meta.get_fields()}]
        said = {n: list(getattr(row, n).all()) if n in many else getattr(row, n) for n in names}
        return said | {"seen": state_of(row, names)}


def team_field() -> forms.ModelChoiceField:
    """Who writes of it in the portal, and finds it on `/mine/`."""
    return forms.ModelChoiceField(
        label=_("Team, der skriver om den i portalen"),
        help_text=_("Teamets medlemmer finder den under »Dine indsatser«."),
        queryset=Team.objects.all(),
        required=False,
    )


def choices_with_none(choices: "list[tuple[str, StrOrPromise]]") -> list[tuple[str, Any]]:
    return [("", _("– vælg –")), *choices]
