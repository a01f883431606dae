"""Which kind of file this is, by its first bytes and its header: tidy, or as Jobindsats hands figures out. Pure."""

from indicators.files import jobindsats_export, tidy
from indicators.files.csv_table import DANISH, REQUIRED
from indicators.files.errors import Cause, TidyError
from indicators.frame import Frame
from indicators.vocabulary import Vocabulary


def read(data: bytes, vocabulary: Vocabulary) -> Frame:
    """The frame of a file, or a TidyError that lists what is wrong with it."""
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, vocabulary)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        return jobindsats_export.frame_of_rows(jobindsats_export.version_2_rows(data), vocabulary)
    try:
        return tidy.read(data, vocabulary)
    except TidyError as error:
        if not vocabulary.labels or not _lacks_header(error) or not _may_be_archive(data):
            raise
    return jobindsats_export.frame_of_rows(jobindsats_export.csv_rows(data), vocabulary)


def _workbook(data: bytes, vocabulary: Vocabulary) -> Frame:
    from indicators.files.xlsx_table import sheet_rows, table_of_rows

    rows = sheet_rows(data)
    first = next((cells for _, cells in rows if not str(cells[0]).startswith("#")), [])
    names = {str(cell or "").strip().lower() for cell in first}
    if {DANISH.get(name, name) for name in names} & {"indicator"} or not vocabulary.labels:
        return tidy.frame_of_table(table_of_rows(rows), vocabulary)
    return jobindsats_export.frame_of_rows(rows, vocabulary)


def _lacks_header(error: TidyError) -> bool:
    return any(problem.cause is Cause.HEADER and REQUIRED[0] in problem.text for problem in error.problems)


def _may_be_archive(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    head = data[:20_000].decode("utf-8-sig", errors="ignore").casefold()
    return ("periode" in head or "område" in head) and "indicator" not in head and "indikator;" not in head
