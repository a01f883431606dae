"""What `make mutate` changes, the tests that have to notice, and the changes that change nothing a caller can see."""

PAPER = ("tests/reports/test_paper_parts.py", "tests/reports/test_paper.py")
DISCLOSURE = ("tests/indicators/disclosure/test_disclosure.py", "tests/indicators/disclosure/test_withheld.py")
STORE = ("tests/indicators/store/test_write.py", "tests/indicators/ingest/test_actions.py")
INGEST = ("tests/indicators/ingest/test_execution.py", "tests/indicators/ingest/test_states.py")
DUE = ("tests/initiatives/test_due_items.py", "tests/initiatives/test_due.py")

# Pure modules first: they need no database.
TARGETS: dict[str, tuple[str, ...]] = {
    "goals/judging.py": ("tests/goals/test_judging.py",),
    "goals/workflow.py": ("tests/goals/test_workflow.py",),
    "indicators/periods.py": ("tests/indicators/test_periods.py",),
    "indicators/disclosure/rule.py": DISCLOSURE,
    "initiatives/status/deadlines.py": ("tests/initiatives/test_deadlines.py",),
    "goals/sentences/required_change.py": ("tests/goals/sentences/test_required_change.py",),
    "goals/status/verdict_changes.py": (
        "tests/goals/status/test_verdict_changes.py",
        "tests/goals/status/test_changed_goals.py",
    ),
    "accounts/login_limits.py": ("tests/accounts/test_login_limits.py",),
    "accounts/access.py": ("tests/accounts/test_sessions.py",),
    "initiatives/status/due.py": DUE,
    "indicators/as_known.py": ("tests/indicators/test_as_known.py", "tests/initiatives/test_earlier_days.py"),
    "indicators/store/diff.py": STORE,
    "indicators/store/write.py": STORE,
    "indicators/store/undo.py": STORE,
    "indicators/ingest/execution.py": (*INGEST, "tests/indicators/ingest/test_command.py"),
    "indicators/ingest/states.py": (*INGEST, "tests/indicators/ingest/test_command.py"),
    "viborg_plan/http/headers_and_errors.py": ("tests/pages/test_access.py",),
    "goals/sentences/measure_sentences.py": (
        "tests/goals/sentences/test_summaries.py",
        "tests/goals/sentences/test_required_change.py",
    ),
    "reports/canonical_data.py": PAPER,
    "reports/paper.py": PAPER,
}

# For each module (line, line as changed) -> why nobody can tell.
EQUIVALENT: dict[str, dict[tuple[str, str], str]] = {}
