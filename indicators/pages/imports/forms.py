"""What a person hands in when importing by hand: the file, and a reason for each jump."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.civil_numbers import holds_civil_number
from indicators.files.xlsx_sandbox import MAX_BYTES

ENDINGS = (".csv", ".xlsx", ".json")


class UploadForm(forms.Form):
    """The name is checked like the content: it is stored and shown too."""

    file = forms.FileField(
        label=_("Fil"),
        max_length=150,
        error_messages={
            "required": _("Vælg en fil først."),
            "empty": _("Filen er tom."),
            "max_length": _("Filens navn er for langt; giv den et navn på højst 150 tegn."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if holds_civil_number(file.name):
            raise forms.ValidationError(_("Filens navn rummer et CPR-nummer. Giv filen et andet navn."))
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Filen skal være CSV eller regneark: navnet skal ende på .csv eller .xlsx."))
        if file.size > MAX_BYTES:
            problem = gettext("Filen fylder mere end {most} MB. Del den i flere.")
            raise forms.ValidationError(problem.format(most=MAX_BYTES // 1_000_000))
        return file
