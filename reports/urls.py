"""Addresses of the committee's papers: a meeting's day, and the same with the ending of each file."""

from datetime import date

from django.urls import path, register_converter

from reports import views


class Day:
    """A day as it stands in an address; one that the calendar does not have is not found."""

    regex = r"[12]\d{3}-\d\d-\d\d"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(Day, "day")
urlpatterns = [
    path("moeder/", views.meetings, name="moeder"),
    path("moeder/<day:day>/", views.paper, name="moede"),
    path("moeder/<day:day>/lav/", views.make, name="lav-bilag"),
    path("moeder/<day:day>.css", views.print_footer, name="moede-fod"),
    path("moeder/<day:day>.<slug:form>", views.file, name="moede-fil"),
]
