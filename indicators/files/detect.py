"""Which kind of file this is, by its first bytes and its headers: tidy, or as Jobindsats hands figures out. Pure."""

from collections.abc import Callable

from indicators.files import jobindsats_export, tidy
from indicators.files.csv_table import canonical, csv_table, is_header
from indicators.files.csv_text import MOST_ABOVE, split, utf8
from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.reading import LeftOut, Reading, merged
from indicators.files.xlsx_sandbox import Sheet
from indicators.frame import Frame
from indicators.vocabulary import Vocabulary

ZIP = b"PK\x03\x04"
NO_FILES_OF_FIGURES = {
    b"\x89PNG": "filen er et billede; indlæs tallene som .csv eller .xlsx",
    b"\xff\xd8\xff": "filen er et billede; indlæs tallene som .csv eller .xlsx",
    b"GIF8": "filen er et billede; indlæs tallene som .csv eller .xlsx",
    b"%PDF": "filen er en PDF; indlæs tallene som .csv eller .xlsx",
    b"{\\rtf": "filen er et tekstdokument; indlæs tallene som .csv eller .xlsx",
    b"<": "filen er en webside eller XML; åbn den i Excel, og gem den som .xlsx",
}
OLE = b"\xd0\xcf\x11\xe0"  # how both old workbooks and encrypted new ones begin
PROTECTED = "regnearket er beskyttet med adgangskode; fjern den i Excel (Filer > Oplysninger > Beskyt), og gem igen"
OLD = "filen er et gammelt Excel-ark (.xls); åbn den i Excel, og gem den som .xlsx"
NO_TABLE = (
    "der er ingen tabel med overskrifterne indikator, område, periode og værdi, og hverken en kolonne »Periode«"
    " eller perioder hen over arket; brug skabelonen på siden"
)


def read(data: bytes, vocabulary: Vocabulary) -> Frame:
    """The frame of a file, or a TidyError that lists what is wrong with it."""
    return read_file(data, vocabulary).frame


def read_file(data: bytes, vocabulary: Vocabulary, name: str = "") -> Reading:
    """Everything the file says, and what of it was left out. Its name may tell which benefit it is about."""
    _refuse_other_kinds(data)
    if data.startswith(ZIP):
        return _workbook(data, vocabulary, name)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        return jobindsats_export.reading_of_rows(jobindsats_export.version_2_rows(data), vocabulary, name)
    data, notes = utf8(data)
    if not vocabulary.labels or not _may_be_export(data):
        return merged([tidy.reading_of_table(csv_table(data), vocabulary)], notes=notes)
    rows = jobindsats_export.csv_rows(data)
    return merged([jobindsats_export.reading_of_rows(rows, vocabulary, name)], notes=notes)


def _refuse_other_kinds(data: bytes) -> None:
    for beginning, text in NO_FILES_OF_FIGURES.items():
        if data.startswith(beginning):
            raise TidyError([Problem(Cause.FILE, text)])
    if data.startswith(OLE):
        is_protected = "EncryptedPackage".encode("utf-16-le") in data
        raise TidyError([Problem(Cause.FILE, PROTECTED if is_protected else OLD)])


def _workbook(data: bytes, vocabulary: Vocabulary, name: str) -> Reading:
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        raise TidyError([Problem(Cause.FILE, "filen er et OpenDocument-ark (.ods); gem den som .xlsx")])
    from indicators.files.sheets import read_sheets, refuse_unsaved

    readings, left_out, notes = [], [], []
    for sheet in read_sheets(data):
        reader = _reader(sheet, vocabulary, name)
        if not sheet.rows:
            continue
        if reader is None or sheet.hidden:
            left_out.append(LeftOut(_why_left_out(sheet.name, sheet.hidden)))
            continue
        refuse_unsaved(sheet)
        readings.append(reader())
        notes += _hidden_but_read(sheet)
    if not readings:
        hidden = " Skjulte ark bliver ikke læst; vis arket, hvis tallene står der." if left_out else ""
        raise TidyError([Problem(Cause.HEADER, f"{NO_TABLE}.{hidden}")])
    return merged(readings, left_out, notes)


def _reader(sheet: Sheet, vocabulary: Vocabulary, name: str) -> Callable[[], Reading] | None:
    """How the sheet is read, if it holds a table at all."""
    from indicators.files.sheets import text_of
    from indicators.files.xlsx_table import table_of_sheet

    for place, (_, cells) in enumerate(sheet.rows[:MOST_ABOVE]):
        texts = [text_of(cell) for cell in cells]
        if is_header(texts) or ("indicator" in canonical(texts) and len(texts) > 1):
            return lambda: tidy.reading_of_table(table_of_sheet(sheet, place), vocabulary)
    if vocabulary.labels and jobindsats_export.is_table(sheet.rows):
        return lambda: jobindsats_export.reading_of_rows(sheet.rows, vocabulary, name, sheet.name)
    return None


def _hidden_but_read(sheet: Sheet) -> list[str]:
    width = max(len(cells) for _, cells in sheet.rows)
    columns = [number for number in sheet.hidden_columns if number <= width]
    counts = {"rækker": len(sheet.hidden_rows), "kolonner": len(columns)}
    return [f"{count} skjulte {what} på arket »{sheet.name}« er læst med" for what, count in counts.items() if count]


def _why_left_out(name: str, hidden: bool) -> str:
    if hidden:
        return f"arket »{name}« er skjult og er ikke læst; vis det i Excel, hvis det skal med"
    return f"arket »{name}« har ingen tabel, portalen kender, og er ikke læst"


def _may_be_export(data: bytes) -> bool:
    """No line near the top is a tidy header, and one names a period or an area."""
    lines = data[:40_000].decode(errors="ignore").splitlines()[:MOST_ABOVE]
    cells = [canonical(split(line, "\t" if line.count("\t") > line.count(";") else ";")) for line in lines]
    if any(is_header(names) or "indicator" in names for names in cells):
        return False
    return any({"period", "area"} & set(names) and len(names) > 1 for names in cells)
