"""A test that does not run is a test that fails: nothing is skipped silently."""

import pytest


def failed(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return failed((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return failed((yield))
