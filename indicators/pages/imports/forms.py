"""What a person hands in when importing by hand: the file, and a reason for each jump."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.civil_numbers import holds_civil_number
from indicators.files.xlsx_sandbox import MAX_BYTES

ENDINGS = (".csv", ".xlsx", ".json", ".txt", ".tsv")
OTHER_KINDS = {
    ".xls": _("Filen er et gammelt Excel-ark (.xls). Åbn den i Excel, og gem den som .xlsx."),
    ".xlsb": _("Filen er et binært Excel-ark (.xlsb). Åbn den i Excel, og gem den som .xlsx."),
    ".xlsm": _("Filen er et Excel-ark med makroer (.xlsm). Åbn den i Excel, og gem den som .xlsx."),
    ".ods": _("Filen er et OpenDocument-ark (.ods). Gem den som .xlsx."),
    ".numbers": _("Filen er et Numbers-ark. Eksportér den som .xlsx."),
    ".pdf": _("Filen er en PDF. Indlæs tallene som .csv eller .xlsx."),
    ".docx": _("Filen er et Word-dokument. Indlæs tallene som .csv eller .xlsx."),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif"), _("Filen er et billede. Indlæs tallene som .csv eller .xlsx.")),
}


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
            ending = f".{file.name.lower().rpartition('.')[2]}"
            if ending in OTHER_KINDS:
                raise forms.ValidationError(OTHER_KINDS[ending])
            raise forms.ValidationError(_("Filen skal være CSV eller regneark: navnet skal ende på .csv eller .xlsx."))
        if file.size > MAX_BYTES:
            problem = gettext("Filen fylder mere end {most} MB. Del den i flere.")
            raise forms.ValidationError(problem.format(most=MAX_BYTES // 1_000_000))
        return file
