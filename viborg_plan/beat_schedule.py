"""When each table is asked for. Static, so that exactly one beat serves it, and following the publication calendars.

Jobindsats updates most tables around the 20th to 28th and some at other times, so each is asked daily: the catalogue
says first whether it is new, which costs one small request. Statistics Denmark publishes at 8 o'clock, AUK01 and
FOLK1A once a quarter, AUP02 monthly.
"""

from typing import Any

from celery.schedules import crontab

RECOVERY_SECONDS = 30
AT_NIGHT = crontab(hour=3, minute=40)
WORKDAY_BEGINS = crontab(hour=7, minute=30, day_of_week="mon-fri")
JOBINDSATS = ["y25i01", "y25i09", "y60a02", "y60j01", "y30r21"]
STATBANK = {
    "FOLK1A": crontab(hour=8, minute=20, day_of_month="10-20", month_of_year="2,5,8,11"),
    "AUK01": crontab(hour=8, minute=25, day_of_month="8-28", month_of_year="3,6,9,12"),
    "AUP02": crontab(hour=8, minute=30, day_of_month="25-31"),
}


def timetable() -> dict[str, dict[str, Any]]:
    entries = {f"jobindsats {t}": _entry("jobindsats", t, daily(number)) for number, t in enumerate(JOBINDSATS)}
    entries |= {f"statbank {t}": _entry("statbank", t, schedule) for t, schedule in STATBANK.items()}
    return entries | {
        "clear sessions": {"task": "accounts.tasks.clear_sessions", "schedule": AT_NIGHT},
        "reap imports": {"task": "indicators.tasks.reap_imports", "schedule": RECOVERY_SECONDS},
        "send reminders": {"task": "initiatives.tasks.send_reminders", "schedule": WORKDAY_BEGINS},
    }


def daily(number: int) -> crontab:
    """Some minutes apart, since one run of a source goes at a time."""
    return crontab(hour=6, minute=5 * number)


def _entry(source: str, table: str, schedule: crontab) -> dict[str, Any]:
    return {"task": "indicators.tasks.import_table", "schedule": schedule, "args": [source, table]}
