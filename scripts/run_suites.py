"""Run the test suites one after the other, all of them whatever fails, and print what came of it.

`make test` and `make test-SUITE` call it, in the project's folder. Which suites there are and how long each may take
stands in pyproject.toml, table `tool.homeport.suites`. The last line is `N passed, N failed` over all suites; the exit
code is 0 when none failed.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import leftovers
import measuring

BUILD: Final = Path("build/tests")
PATIENCE: Final = 3
"""A suite that takes so many times its budget hangs, and is ended."""
UNMEASURED: Final = frozenset({"house", "model", "crash", "docs"})
"""Suites without coverage, which takes a third of their time and more: they run lines that the others run too."""

SCATTERED: Final = frozenset({"docs"})
"""Suites whose tests share nothing, so that each goes to the process that is free."""

CHECKS: Final = {
    "ruff check": ["ruff", "check"],
    "ruff format": ["ruff", "format", "--check"],
    "mypy": ["mypy"],
    "mypy of the scripts": ["mypy", "scripts", "conftest.py"],
}
"""What suite `house` runs beside its tests."""


@dataclass(frozen=True)
class Options:
    """How this run differs from an ordinary one."""

    only: list[str]
    limited: bool
    coverage: bool
    workers: dict[str, int]
    pytest: list[str]


@dataclass
class Result:
    """What came of a suite; each check that is no test counts as one."""

    name: str
    budget: int
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    remarks: list[str] = field(default_factory=list)

    def count(self, what: str, good: bool) -> None:
        """Count one check, and say which one failed."""
        self.passed += good
        self.failed += not good
        if not good:
            self.remarks.append(f"{what} failed")


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; return the exit code."""
    # Started in the background it may be deaf to Ctrl-C, and so would be all that the tests start and interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    configuration = _configuration()["tool"]["homeport"]
    budgets = configuration["suites"]
    options = _options(arguments, configuration.get("workers", {}))
    unknown = [name for name in options.only if name not in budgets]
    if unknown:
        print(f"no suite {', '.join(unknown)}; there are {', '.join(budgets)}")
        return 2
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    _compile_what_suites_share()
    leftovers.adopt_orphans()
    try:
        return report(_results(options, budgets))
    except KeyboardInterrupt:
        print("\nstopped by Ctrl-C: the run is not complete")
        return 130


def _compile_what_suites_share() -> None:
    """Compile what hundreds of processes would else compile anew where the environment forbids to keep it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for folder in ("src", "tests/support"):
        compileall.compile_dir(folder, quiet=2)


def _results(options: Options, budgets: dict[str, int]) -> list[Result]:
    results = [
        run_suite(name, budget, options)
        for name, budget in budgets.items()
        if name in (options.only or budgets) and (name == "house" or _has_tests(name))
    ]
    if options.coverage:
        results.append(check_coverage())
    return results


def _options(arguments: list[str], workers: dict[str, int]) -> Options:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0], allow_abbrev=False)
    parser.add_argument("--only", action="append", default=[], metavar="SUITE", help="this suite alone; may repeat")
    parser.add_argument("--no-limit", action="store_true", help="let suites run as long as they like")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    given = parser.parse_args(arguments)
    limited, coverage = not given.no_limit, not given.only
    return Options(only=given.only, limited=limited, coverage=coverage, workers=workers, pytest=given.pytest)


def _configuration() -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    return tomllib.loads(Path("pyproject.toml").read_text())


def _has_tests(name: str) -> bool:
    return any(Path("tests", name).rglob("test_*.py"))


def run_suite(name: str, budget: int, options: Options) -> Result:
    """Run one suite and return what came of it."""
    print(f"\n======== {name} (budget {budget} s)", flush=True)
    result = Result(name, budget)
    start, used = time.monotonic(), _cpu_seconds()
    limit = start + PATIENCE * budget if options.limited else float("inf")
    with ThreadPoolExecutor() as beside:
        checks = beside.submit(_check, limit) if name == "house" else None
        if _has_tests(name):
            _run_tests(result, options, limit)
        for what, good in checks.result() if checks else ():
            result.count(what, good)
    _look_for_leftovers(result)
    result.seconds = time.monotonic() - start
    result.cpu_seconds = _cpu_seconds() - used
    if result.seconds > budget:
        result.remarks.append("over its budget")
    return result


def _cpu_seconds() -> float:
    """Return what all processes that were started here and have ended took of the processors; daemons count too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _check(limit: float) -> list[tuple[str, bool]]:
    done = []
    for what, command in CHECKS.items():
        done.append((what, run([_tool(command[0]), *command[1:]], limit)))
        print(f"---- {what}: {'good' if done[-1][1] else 'FAILED'}", flush=True)
    return done


def _run_tests(result: Result, options: Options, limit: float) -> None:
    counts = BUILD / f"{result.name}.xml"
    tests = ["-m", "pytest", f"tests/{result.name}", f"--junitxml={counts}", "--durations=5", "--durations-min=1"]
    if result.name in options.workers:
        tests += [f"--numprocesses={options.workers[result.name]}"]
        # A file stays in one process, for its tests share a server; conftest.py says which goes first.
        tests += ["--dist=worksteal"] if result.name in SCATTERED else ["--dist=loadfile", "--no-loadscope-reorder"]
    with measuring.measured() if options.coverage and result.name not in UNMEASURED else nullcontext():
        good = run([sys.executable, *tests, *options.pytest], limit)
    if counts.exists():
        for suite in ET.parse(counts).getroot():
            numbers = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
            bad = numbers["failures"] + numbers["errors"]
            result.failed += bad
            result.skipped += numbers["skipped"]
            result.passed += numbers["tests"] - bad - numbers["skipped"]
    if not good and not result.failed:
        result.count("pytest", good=False)


def run(command: list[str], limit: float) -> bool:
    """Run a command until `limit` on the monotonic clock; tell whether it ended well. It is ended when it did not."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)
    try:
        left = limit - time.monotonic()
        return child.wait(None if left == float("inf") else max(left, 0)) == 0
    except subprocess.TimeoutExpired:
        print(f"ended after three times its budget: {' '.join(command)}", flush=True)
        return False
    finally:
        leftovers.end_group(child)


def _look_for_leftovers(result: Result) -> None:
    """Count a suite as failed that leaves processes behind: what tests start, they end."""
    left = leftovers.end_orphans()
    for process in left:
        print(f"left behind by {result.name}, ended now: {process}", flush=True)
    if left:
        result.count(f"ending its processes ({len(left)} left)", good=False)


def check_coverage() -> Result:
    """Hold what was run against the floor in pyproject.toml; it counts as one check."""
    print("\n======== coverage", flush=True)
    result = Result("coverage", budget=30)
    start, used = time.monotonic(), _cpu_seconds()
    result.count("coverage", measuring.report())
    result.seconds = time.monotonic() - start
    result.cpu_seconds = _cpu_seconds() - used
    return result


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def report(results: list[Result]) -> int:
    """Print the table and the closing line; return the exit code."""
    print(f"\n{'suite':<12}{'time':>9}{'cpu':>9}{'budget':>9}{'passed':>9}{'failed':>9}{'skipped':>9}")
    for one in [*results, _sum(results)]:
        times = f"{one.seconds:>7.1f} s{one.cpu_seconds:>7.1f} s{one.budget:>7} s"
        print(f"{one.name:<12}{times}{one.passed:>9}{one.failed:>9}{one.skipped:>9}  {'; '.join(one.remarks)}".rstrip())
    total = _sum(results)
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    print(f"\n{total.passed} passed, {total.failed} failed{skipped}", flush=True)
    return 1 if total.failed or not total.passed else 0


def _sum(results: list[Result]) -> Result:
    return Result(
        "all",
        budget=sum(one.budget for one in results),
        seconds=sum(one.seconds for one in results),
        cpu_seconds=sum(one.cpu_seconds for one in results),
        passed=sum(one.passed for one in results),
        failed=sum(one.failed for one in results),
        skipped=sum(one.skipped for one in results),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
