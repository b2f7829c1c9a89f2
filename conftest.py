"""What holds in every test run, whichever suite: nothing real is skipped in CI, and how long properties search.

Fixtures that suites share live in tests/conftest.py.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

IN_CI: Final = os.environ.get("CI", "").lower() in ("1", "true")

# No deadline: how fast an example ran says more about the machine than about the code.
settings.register_profile(
    "everyday", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.register_profile("soak", settings.get_profile("everyday"), max_examples=2_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag of the long forms."""
    parser.addoption("--soak", action="store_true", help="run the long forms of the tests that have one")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how long Hypothesis searches, and look for garbage rarely: it was a tenth of the time of whole suites."""
    gc.set_threshold(50_000, 20, 1_000)
    settings.load_profile("soak" if config.getoption("--soak") else "everyday")


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later look for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def soak(pytestconfig: pytest.Config) -> bool:
    """Whether this is the long form, `make soak`."""
    return bool(pytestconfig.getoption("--soak"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, let a test that is marked `real` fail where it would be skipped."""
    report = yield
    if IN_CI and item.get_closest_marker("real") and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report, "a test marked `real` must not be skipped in CI")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI, let a module that skips itself as a whole fail: whether it holds real tests can no longer be seen."""
    report = yield
    if IN_CI and report.skipped:
        _fail(report, "a module must not skip itself in CI")
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport, rule: str) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"{rule}; this one was: {reason}"
