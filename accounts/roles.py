"""Roles and what each may do: data in code, so that a change of rights is a reviewed change."""

from django.db.models import TextChoices


class Permission(TextChoices):
    READ_INTERNAL = "read_internal", "se interne tal"
    WRITE_STATUS = "write_status", "skrive status"
    IMPORT_FIGURES = "import_figures", "indlæse tal"
    APPROVE = "approve", "godkende"
    EDIT_PLANS = "edit_plans", "rette planer"
    MAKE_REPORTS = "make_reports", "lave bilag til møder"
    MANAGE_USERS = "manage_users", "styre brugere"
    READ_ALL_TEAMS = "read_all_teams", "se alle teams' interne tal"
    READ_EMPLOYEES = "read_employees", "se interne tal for medarbejdere i eget team"
    READ_AUDIT = "read_audit", "se revisionsspor"


class Role(TextChoices):
    READER = "reader", "læser"
    STATUS_WRITER = "status_writer", "statusskriver"
    DATA_OFFICER = "data_officer", "dataansvarlig"
    APPROVER = "approver", "godkender"
    SECRETARY = "secretary", "udvalgssekretær"
    ADMINISTRATOR = "administrator", "administrator"


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
