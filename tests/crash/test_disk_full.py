"""No room for another byte while clients and jobs are at work: errors as documented, and with room it goes on."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from homeport.api.codes import INTERNAL, UNAVAILABLE
from support.crash_disk import Disk, a_disk
from support.crash_house import SETTINGS, House, a_house_over
from support.crash_kills import ManyProcesses, OneEngine, run_checked
from support.crash_record import Record
from support.nursery import Nursery, forked
from support.postgres import Cluster
from support.server import wait_for

COMMAND = ".venv/bin/python -m pytest tests/crash/test_disk_full.py"

FAILURES = {(one.status, one.text) for one in (INTERNAL, UNAVAILABLE)}
"""What a client may be told when the store cannot write."""


def filled(disk: Disk, when_there_is_room: Callable[[], object]) -> Callable[[Record, Random], list[str]]:
    """Return what fills a disk under load, and makes room when clients have been refused for a while."""

    def happening(record: Record, draw: Random) -> list[str]:
        record.wait_for_answers(draw.randint(20, 60))
        disk.fill()
        try:
            wait_for(lambda: record.refusals & FAILURES, seconds=60, what="that a client meets the full disk")
            record.wait_for_answers(20)
        finally:
            disk.free()
        when_there_is_room()
        record.wait_for_answers(60)
        return ["the disk was full"]

    return happening


@pytest.mark.real
def test_a_full_disk_costs_no_job_of_an_engine_over_sqlite(engines: Nursery, tmp_path: Path) -> None:
    with a_disk(tmp_path / "disk", megabytes=16) as disk, forked(engines, disk.folder / "data", **SETTINGS) as engine:
        run_checked(OneEngine(engine), [filled(disk, lambda: None)] * 2, COMMAND)


@pytest.mark.real
def test_a_full_disk_of_postgresql_costs_no_job(engines: Nursery, tmp_path: Path) -> None:
    # The path of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="homeport-pg-") as folder, a_disk(Path(folder), megabytes=256) as disk:
        cluster = Cluster(disk.folder, durable=True)
        cluster.start()
        try:
            with a_house_over(cluster, engines, tmp_path) as house:
                run_checked(ManyProcesses(house), [filled(disk, lambda: revived(house))], COMMAND)
        finally:
            cluster.stop()


def revived(house: House) -> None:
    """Start PostgreSQL when it has ended over the full disk, as whoever runs it would."""
    if not house.cluster.runs:
        house.cluster.restart()
