"""Roles and what each may do: data in code, so that a change of rights is a reviewed change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    READ_INTERNAL = "read_internal", _("se interne tal")
    WRITE_STATUS = "write_status", _("skrive status")
    IMPORT_FIGURES = "import_figures", _("indlæse tal")
    APPROVE = "approve", _("godkende")
    EDIT_PLANS = "edit_plans", _("rette planer")
    MAKE_REPORTS = "make_reports", _("lave bilag til møder")
    MANAGE_USERS = "manage_users", _("styre brugere")
    READ_ALL_TEAMS = "read_all_teams", _("se alle teams' interne tal")
    READ_EMPLOYEES = "read_employees", _("se interne tal for medarbejdere i eget team")
    READ_AUDIT = "read_audit", _("se revisionsspor")


class Role(TextChoices):
    READER = "reader", _("læser")
    STATUS_WRITER = "status_writer", _("statusskriver")
    DATA_OFFICER = "data_officer", _("dataansvarlig")
    APPROVER = "approver", _("godkender")
    SECRETARY = "secretary", _("udvalgssekretær")
    ADMINISTRATOR = "administrator", _("administrator")


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.READER: frozenset({Permission.READ_INTERNAL}),
    Role.STATUS_WRITER: frozenset({Permission.READ_INTERNAL, Permission.WRITE_STATUS}),
    Role.DATA_OFFICER: frozenset({Permission.READ_INTERNAL, Permission.READ_ALL_TEAMS, Permission.IMPORT_FIGURES}),
    Role.APPROVER: frozenset(
        {Permission.READ_INTERNAL, Permission.READ_EMPLOYEES, Permission.WRITE_STATUS, Permission.APPROVE}
    ),
    Role.SECRETARY: frozenset({Permission.READ_INTERNAL, Permission.EDIT_PLANS, Permission.MAKE_REPORTS}),
    Role.ADMINISTRATOR: frozenset(Permission),
}
