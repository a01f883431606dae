"""Reproducible zip, for Word and Excel files: stamped with the paper's day, the same paper is the same bytes. Pure."""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def moment_of(day: date) -> datetime:
    """When the file says that it was made: the day that it tells of begins."""
    return datetime.combine(day, time())


def stamped(content: bytes, day: date) -> bytes:
    """The same parts in the same order; both libraries stamp them with the time of writing."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as written, ZipFile(made, "w", ZIP_DEFLATED) as again:
        for name in written.namelist():
            again.writestr(ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), written.read(name), ZIP_DEFLATED)
    return made.getvalue()
