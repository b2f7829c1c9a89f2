"""The task `verify`: waits until what was started is ready and stays so, and tells at once when it never will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from homeport.drivers.base import Observed
from homeport.drivers.telling import instance_status, mounted_in_words
from homeport.jobs.judging import Judgement, Verdict, judge
from homeport.jobs.tasks.base import Entry, Result, TaskKind
from homeport.jobs.work import Work
from homeport.model.causes import LOG_LINES_IN_DETAIL, Cause, failed
from homeport.model.changes import Statement
from homeport.model.happenings import FAILED_MOUNT, instance_event
from homeport.model.workloads import InstanceOrder

_EVENTS: Final = {Cause.CRASH_LOOP: "BackOffStart", Cause.MOUNT_FAILED: FAILED_MOUNT}
"""The event that tells of an instance which is never going to be ready, by the cause."""


class Verification(TaskKind):
    """Watches the instances that the job started; what it found out goes with them when they are undone."""

    undoable: ClassVar[bool] = True

    async def enter(self, work: Work) -> Entry:
        """Skip where no instance is touched."""
        if work.job.goal.stored_only:
            return Entry(skip="the component is paused: no instance is touched")
        return Entry()

    async def run(self, work: Work) -> Result:
        """Return once every instance is ready and stayed so."""
        orders = [work.order(instance) for instance in await work.kept_instances()]
        names = [order.name for order in orders]
        shown: dict[str, str] = {}
        while True:
            observed = await work.driver.observe(orders)
            judgement = judge(orders, observed, work.tools.rules, work.tools.clock.now(), watched=work.driver.watched)
            if judgement.verdict is not None:
                await self._fail(work, judgement.verdict)
            if judgement.settled == len(orders):
                return Result(detail=_notes(observed), statements=_ready(work, orders))
            await self._tell(work, orders, observed, shown, judgement)
            await work.driver.changed(names, judgement.look_again)

    async def _tell(
        self,
        work: Work,
        orders: Sequence[InstanceOrder],
        observed: Mapping[str, Observed],
        shown: dict[str, str],
        judgement: Judgement,
    ) -> None:
        now = work.tools.clock.now()
        changes = {order.name: instance_status(observed[order.name]) for order in orders}
        fresh = {name: status for name, status in changes.items() if shown.get(name, "creating") != status}
        if fresh:
            shown.update(fresh)
            await work.commit(*(_status(name, status, now) for name, status in fresh.items()))
            await work.report(100 * judgement.settled // len(orders), None)

    async def _fail(self, work: Work, verdict: Verdict) -> None:
        lines = await last_lines(work, verdict.instance)
        now = work.tools.clock.now()
        component_id = work.job.component_id or ""
        name = _EVENTS.get(verdict.cause, "Unhealthy")
        text = (await work.redactor()).text(verdict.what)
        await work.commit(
            _status(verdict.instance, "failed", now),
            instance_event(component_id, name, text, now=now, instance=verdict.instance, warning=True),
        )
        raise failed(verdict.cause, verdict.what, log=lines)


async def last_lines(work: Work, name: str) -> tuple[str, ...]:
    """Return the last lines of an instance's log."""
    log = work.driver.logs(work.job.component_id or "", name, tail=LOG_LINES_IN_DETAIL, follow=False)
    pieces = [piece async for piece in log]
    return tuple(b"".join(pieces).decode(errors="replace").splitlines()[-LOG_LINES_IN_DETAIL:])


def _status(name: str, status: str, now: int) -> Statement:
    return Statement("set_instance_status", {"name": name, "status": status, "now": now}, rows=None)


def _ready(work: Work, orders: Sequence[InstanceOrder]) -> tuple[Statement, ...]:
    now = work.tools.clock.now()
    component_id = work.job.component_id or ""
    statements = [_status(order.name, "running", now) for order in orders]
    told = [("Started", order.name, f"Instance {order.name} is ready") for order in orders]
    told += [
        ("SuccessfulMountVolume", order.name, text)
        for order in orders
        for text in mounted_in_words(order, apart=work.driver.apart)
    ]
    statements += [instance_event(component_id, name, text, now=now, instance=one) for name, one, text in told]
    return tuple(statements)


def _notes(observed: Mapping[str, Observed]) -> str:
    notes = dict.fromkeys(note for seen in observed.values() for note in seen.notes)
    return " ".join(notes)
