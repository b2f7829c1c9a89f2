"""What is written down of an instance, so that a supervisor that was killed can be followed by another."""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Iterator

import msgspec

from homeport.drivers.process.layout import Layout, write_whole
from homeport.drivers.process.wire import InstanceSpec
from homeport.model.causes import Cause
from homeport.supervisor.processes import Identity

_log = logging.getLogger(__name__)
_FILE = "record.json"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """An instance: how it was asked for, and how far it has come. Times are microseconds since 1970."""

    spec: InstanceSpec
    port: int
    wanted: bool = True
    """Whether it shall run; false once its end was asked for."""
    process: Identity | None = None
    """The program that runs, or did when this was written."""
    settled: bool = False
    """Whether that program's start has come through, its postStart hook with it."""
    oom_kills: int = 0
    """How often the kernel had ended something of the instance for want of memory when that program was started."""
    started_at: int | None = None
    restarts: int = 0
    exit_code: int | None = None
    out_of_memory: bool = False
    fault: str = ""
    fault_cause: Cause = Cause.START_FAILED


class Records:
    """The records of one data folder."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def save(self, record: Record) -> None:
        """Write a record down; what a stopped instance needed to run, its secrets above all, is left out."""
        order = record.spec.order
        if not record.wanted:
            bare = msgspec.structs.replace(record.spec, order=msgspec.structs.replace(order, env={}, buckets=()))
            record = msgspec.structs.replace(record, spec=bare)
        folder = self._layout.instance(order.owner.component_id, order.name)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(folder / _FILE, msgspec.json.encode(record))

    def all(self) -> Iterator[Record]:
        """Return every record; one that cannot be read is reported and left out."""
        for file in self._layout.instances.glob(f"*/*/{_FILE}"):
            try:
                yield msgspec.json.decode(file.read_bytes(), type=Record)
            except msgspec.DecodeError as error:
                _log.warning("instance %s is lost: its record cannot be read: %s", file.parent.name, error)

    def written_at(self, record: Record) -> int:
        """Return when a record was written last, in microseconds since 1970: its instance's end, where it has ended."""
        order = record.spec.order
        try:
            return (self._layout.instance(order.owner.component_id, order.name) / _FILE).stat().st_mtime_ns // 1_000
        except FileNotFoundError:
            return 0

    def remove(self, record: Record) -> None:
        """Remove a record with the instance's folders and logs."""
        component_id, name = record.spec.order.owner.component_id, record.spec.order.name
        shutil.rmtree(self._layout.instance(component_id, name), ignore_errors=True)
        log = self._layout.log(component_id, name)
        for file in (log, log.with_name(log.name + ".1")):
            with contextlib.suppress(FileNotFoundError):
                file.unlink()
