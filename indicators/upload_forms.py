"""What a person hands in when importing by hand: the file, and a reason for each jump."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from indicators.civil_numbers import holds_civil_number

MAX_BYTES = 20_000_000
ENDINGS = (".csv", ".xlsx", ".json")


class UploadForm(forms.Form):
    """The name is checked like the content: it is stored and shown too."""

    file = forms.FileField(
        label="Fil",
        max_length=150,
        error_messages={
            "required": "Vælg en fil først.",
            "empty": "Filen er tom.",
            "max_length": "Filens navn er for langt; giv den et navn på højst 150 tegn.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if holds_civil_number(file.name):
            raise forms.ValidationError("Filens navn rummer et CPR-nummer. Giv filen et andet navn.")
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError("Filen skal være CSV eller regneark: navnet skal ende på .csv eller .xlsx.")
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"Filen fylder mere end {MAX_BYTES // 1_000_000} MB. Del den i flere.")
        return file
