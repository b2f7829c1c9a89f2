"""The wall clock of a process jumps by an hour, forward and back: leases hold, and what came later stays later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException

from support.crash_child import CLOCK, set_clock
from support.crash_house import SETTINGS, a_house
from support.crash_kills import ManyProcesses, OneEngine, run_checked
from support.crash_record import Record
from support.nursery import ForkedServer, Nursery
from support.server import end_everything
from support.shop import Shop

COMMAND = ".venv/bin/python -m pytest tests/crash/test_clock_jumps.py"
HOUR = 3600.0
SKEW = 600.0
"""Seconds: within what a signature may be off by, so that clients who sign are served."""


class Clocked:
    """An engine over SQLite whose wall clock can be set."""

    def __init__(self, engine: ForkedServer, clock: Path) -> None:
        self.engine = engine
        self._clock = clock
        self.set(0)

    def set(self, seconds: float) -> None:
        """Set its clock so far ahead of the machine's."""
        set_clock(self._clock, seconds)

    def start(self) -> None:
        """Start the engine."""
        self.engine.start(**{CLOCK: str(self._clock)})


@pytest.fixture
def clocked(engines: Nursery, tmp_path: Path) -> Iterator[Clocked]:
    engine = ForkedServer(engines, tmp_path / "data", **SETTINGS)
    made = Clocked(engine, tmp_path / "clock")
    made.start()
    try:
        yield made
    finally:
        engine.kill()
        end_everything(engine.data_dir)


def test_no_job_is_lost_stuck_or_doubled_over_sqlite_when_the_clock_jumps(clocked: Clocked) -> None:
    def jumps(record: Record, draw: Random) -> list[str]:
        for hours in (1, 0, -1, 0):
            record.wait_for_answers(draw.randint(15, 30))
            clocked.set(hours * HOUR)
        record.wait_for_answers(30)
        return ["the clock jumped"]

    run_checked(OneEngine(clocked.engine), [jumps], COMMAND)


def test_no_job_is_lost_stuck_or_doubled_over_postgresql_when_clocks_jump(engines: Nursery, tmp_path: Path) -> None:
    with a_house(engines, tmp_path) as house:

        def jumps(record: Record, draw: Random) -> list[str]:
            for _ in range(6):
                record.wait_for_answers(draw.randint(10, 20))
                set_clock(house.clock_of(draw.choice(house.processes)), draw.choice((-HOUR, 0, HOUR)))
            for process in house.processes:
                set_clock(house.clock_of(process), 0)
            record.wait_for_answers(20)
            return ["clocks jumped"]

        run_checked(ManyProcesses(house), [jumps], COMMAND)


def test_the_job_that_was_asked_for_last_is_the_latest_though_the_clock_went_back_at_a_restart(
    clocked: Clocked,
) -> None:
    clocked.set(SKEW)
    shop = Shop(clocked.engine)
    cart = shop.deployed("nginx:1", kind="image", runtime="Docker")
    doomed = {"homeport/script": "pull=1ms,fail:image-missing"}
    first = cart.act("upgrade", source="nginx:2", annotations=doomed)
    assert shop.end(first).status == "failed"
    clocked.engine.kill()
    clocked.set(0)
    clocked.start()
    second = cart.act("upgrade", source="nginx:3", annotations=doomed)
    assert shop.end(second).status == "failed"
    with pytest.raises(ServiceResponseException) as refused:
        shop.retry(first)
    assert second in refused.value.error_msg
    shop.retry(second)
    shop.end(second)
