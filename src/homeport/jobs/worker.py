"""A worker: holds a lease, claims the jobs of its nodes, and runs as many at a time as it has slots.

It stops acting before its lease ends by its own monotonic clock, whatever the store's clock says. Recovery of a dead
worker's jobs is nothing but the next claim. A worker that has lost its lease never gets it back: another one takes its
place (`working.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Final

from homeport.jobs.lost import end_lost_jobs
from homeport.jobs.runner import LostJob, Runner
from homeport.jobs.tools import Tools
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.changes import JOBS_TOPIC, Change, Statement, Value
from homeport.model.clock import SECOND, Timer
from homeport.model.errors import Unavailable
from homeport.model.moves import hand_back
from homeport.model.records import Job
from homeport.model.states import FINISHED
from homeport.services.deciding import decide
from homeport.store.base import Contradiction, Missed, Row, StoreError
from homeport.store.loading import load_job, load_unowned_job_and_component

_log = get_logger()

_RENEWALS_A_LEASE: Final = 3
_PAUSE: Final = 1.0
"""Seconds before something is tried again that the store or a defect has stopped."""
_SAFETY: Final = 0.8
"""The part of its lease after which a worker without a renewal stops acting."""


class Worker:
    """Claims and runs jobs until it is stopped."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._id = tools.ids.uuid()
        self._nodes: dict[str, str] = {}
        self._unreachable: set[str] = set()
        self._runners: dict[str, Runner] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._draining = False
        self._unsure: dict[str, None] = {}
        """Jobs of whose claim the store has not said what became of it."""
        self._stopping = False
        self._wake = asyncio.Event()
        self._more_wait = False
        """Whether there are more jobs than slots, so that one that gets free is to be filled."""
        self._missed = False
        """Whether the last look found jobs of which others claimed some first."""
        self._lost_at = 0.0
        self._end_of_trust: Timer | None = None
        """Stops the worker unless its lease is renewed before."""

    @property
    def id(self) -> str:
        """The worker's id, which the jobs it runs name as their owner."""
        return self._id

    @property
    def running(self) -> int:
        """How many jobs it runs."""
        return len(self._runners)

    async def run(self) -> None:
        """Work until `drain` or `stop` was called or the lease is lost; then hand back what runs, give up the lease.

        Raises:
            StoreError: the store cannot be used when the worker starts.
        """
        await self._register()
        heartbeat = asyncio.create_task(self._keep_lease())
        try:
            await self._claim_until_stopped()
        finally:
            try:
                # A shutdown that is itself cancelled must still hand its jobs back: else they wait for the lease.
                await asyncio.shield(self._leave())
            finally:
                heartbeat.cancel()

    def drain(self, seconds: float) -> None:
        """Let the worker end: it claims nothing more, and tasks under way have so many seconds to come to their end.

        Each job is handed back when its task has ended; what is not by then is let go of in the middle.
        """
        self._draining = True
        for runner in self._runners.values():
            runner.finish_task()
        if seconds > 0:
            self._tools.clock.call_later(seconds, self.stop)
        else:
            self.stop()
        self._wake.set()

    def stop(self) -> None:
        """Let the worker end at once: it claims nothing more, and lets go of what runs."""
        self._draining = self._stopping = True
        for runner in self._runners.values():
            runner.stop()
        self._wake.set()

    # The lease

    async def _register(self) -> None:
        nodes = await self._new_nodes()
        begun = self._tools.clock.monotonic()
        await self._tools.store.commit(Change((Statement("add_worker", self._lease()), *self._node_rows(nodes))))
        self._trust_from(begun)
        self._nodes |= nodes

    async def _register_late(self) -> None:
        """Take the jobs of nodes, too, whose drivers did not answer before: Docker was started after the engine."""
        if nodes := await self._new_nodes():
            await self._tools.store.commit(Change(tuple(self._node_rows(nodes))))
            self._nodes |= nodes

    def _node_rows(self, nodes: Mapping[str, str]) -> list[Statement]:
        return [
            Statement("add_worker_node", {"worker_id": self._id, "driver": driver, "node": node}, rows=None)
            for driver, node in nodes.items()
        ]

    async def _new_nodes(self) -> dict[str, str]:
        """Ask the drivers whose nodes are not known; return by driver what they say."""
        found: dict[str, str] = {}
        for name, driver in self._tools.drivers.items():
            if name in self._nodes:
                continue
            try:
                found[name] = await driver.node()
            except TaskFailed as error:
                if name not in self._unreachable:
                    _log.info("worker.driver_unreachable", driver=name, error=str(error))
                self._unreachable.add(name)
        return found

    def _lease(self) -> dict[str, Value]:
        return {"id": self._id, "lease": self._tools.rules.lease}

    async def _keep_lease(self) -> None:
        while not self._stopping:
            await self._tools.clock.sleep(self._tools.rules.lease / SECOND / _RENEWALS_A_LEASE)
            if not await self._renew():
                self._lose_lease()

    def _trust_from(self, moment: float) -> None:
        """Act on for a part of the lease that was asked for at a moment of the monotonic clock, and no longer."""
        if self._end_of_trust is not None:
            self._end_of_trust.cancel()
        passed = self._tools.clock.monotonic() - moment
        left = self._tools.rules.lease / SECOND * _SAFETY - passed
        self._end_of_trust = self._tools.clock.call_later(left, self._lose_lease)

    def _lose_lease(self) -> None:
        if not self._stopping:
            _log.error("worker.lease_lost", worker=self._id)
            self.stop()

    async def _renew(self) -> bool:
        """Renew the lease; False when it has ended, True also when the store failed and it may be tried again."""
        begun = self._tools.clock.monotonic()
        try:
            await self._tools.store.commit(Change((Statement("renew_worker", self._lease()),)))
        except Missed:
            return False
        except StoreError as error:
            _log.warning("worker.heartbeat_failed", worker=self._id, error=str(error))
        else:
            self._trust_from(begun)
        return True

    async def _leave(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks)
        # From here on the end of its lease is no news.
        self._stopping = True
        if self._end_of_trust is not None:
            self._end_of_trust.cancel()
        try:
            await self._tools.store.commit(Change((Statement("end_worker", {"id": self._id}, rows=None),)))
        except StoreError as error:
            _log.warning("worker.left_without_a_word", worker=self._id, error=str(error))

    # Claims

    async def _claim_until_stopped(self) -> None:
        with self._tools.store.watch(JOBS_TOPIC) as watch:
            watch.on_signal(self._wake.set)
            while not self._draining:
                self._wake.clear()
                if not await self._claim_some():
                    timer = self._tools.clock.call_later(self._tools.rules.poll / SECOND, self._wake.set)
                    await self._wake.wait()
                    timer.cancel()

    async def _claim_some(self) -> bool:
        """Claim as many jobs as there are slots for; tell whether to look again at once."""
        slots = self._tools.rules.slots - len(self._runners)
        self._more_wait = True
        if slots <= 0:
            return False
        try:
            for job_id in list(self._unsure):
                await self._take_up(job_id)
            await self._end_lost_jobs()
            found = await self._claimable(slots)
            claimed = await self._claim_all(found)
        except StoreError as error:
            _log.warning("worker.claim_failed", worker=self._id, error=str(error))
            return False
        # Where others were faster there may be more; where that goes on, the slow look is soon enough.
        missed, self._missed = self._missed, claimed < len(found)
        return self._missed and not missed

    async def _claim_all(self, found: list[Row]) -> int:
        """Claim jobs beside each other and return how many were to be had; where one fails, the others are waited for.

        Else the worker might have left when a claim is written.
        """
        outcomes = await asyncio.gather(*(self._claim(row) for row in found), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return sum(outcome is True for outcome in outcomes)

    async def _end_lost_jobs(self) -> None:
        """Look for jobs of lost nodes, but no more often than the slow look comes."""
        now = self._tools.clock.monotonic()
        if now >= self._lost_at:
            self._lost_at = now + self._tools.rules.poll / SECOND
            await self._register_late()
            await end_lost_jobs(self._tools)

    async def _claimable(self, slots: int) -> list[Row]:
        """Return ids of the jobs to claim and of their components: the oldest, or by turns of projects if many wait."""
        oldest = await self._query("claimable_jobs", slots + 1)
        self._more_wait = len(oldest) > slots
        if not self._more_wait:
            return oldest
        by_turn = await self._query("claimable_jobs_by_turn", slots)
        return list({row["id"]: row for row in by_turn + oldest}.values())[:slots]

    async def _query(self, name: str, most: int) -> list[Row]:
        return await self._tools.store.rows(name, worker=self._id, most=most)

    async def _claim(self, row: Row) -> bool:
        job_id = str(row["id"])
        try:
            runner = await self._begun(job_id, str(row["component_id"] or ""))
        except StoreError:
            self._unsure[job_id] = None
            raise
        except Exception:  # noqa: BLE001 - it is logged with its traceback
            # A job that cannot even be claimed must not keep the worker from all others.
            _log.exception("worker.claim_crashed", job_id=job_id)
            return False
        if runner is None:
            return False
        self._launch(runner)
        return True

    async def _take_up(self, job_id: str) -> None:
        """Go on with a job whose claim was written though the store did not say so: nobody else would."""
        job = await load_job(self._tools.store, job_id)
        del self._unsure[job_id]
        if job is not None and job.owner == self._id and job_id not in self._runners:
            runner = Runner(self._tools, job)
            runner.terminate.look()
            self._launch(runner)

    def _launch(self, runner: Runner) -> None:
        self._runners[runner.job.id] = runner
        # While it was being claimed the worker may have been told to end.
        if self._stopping:
            runner.stop()
        elif self._draining:
            runner.finish_task()
        task = asyncio.create_task(self._carry(runner))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _begun(self, job_id: str, component_id: str) -> Runner | None:
        """Claim a job and return its runner; None when it is not to be had."""
        # Since it was found to be claimable, somebody else may have been faster.
        job, component = await load_unowned_job_and_component(self._tools.store, job_id, component_id)
        if job is None or job.status in FINISHED or job_id in self._runners:
            return None
        node = self._nodes.get(job.driver)
        if node is None:
            # Its row was written though the store said that it had failed: at the next look it is written anew.
            return None
        runner = Runner(self._tools, job, component)
        with ExitStack() as unless_claimed:
            unless_claimed.callback(runner.terminate.close)
            if not await runner.begin(self._id, node):
                return None
            unless_claimed.pop_all()
        return runner

    async def _carry(self, runner: Runner) -> None:
        job_id = runner.job.id
        try:
            await self._run_until_settled(runner)
        except LostJob:
            await self._let_go(runner.job, died=not self._draining)
        except Exception:  # noqa: BLE001 - it is logged with its traceback
            _log.exception("worker.runner_crashed", job_id=job_id)
            await self._tools.clock.sleep(_PAUSE)
            await self._let_go(runner.job, died=not self._draining)
        finally:
            runner.terminate.close()
            del self._runners[job_id]
            if self._more_wait:
                self._wake.set()

    async def _run_until_settled(self, runner: Runner) -> None:
        """Run a job; while the store does not take its moves, wait and go on from where it is."""
        while True:
            try:
                return await runner.run()
            except Contradiction:
                raise
            except StoreError as error:
                _log.warning("worker.store_failed", job_id=runner.job.id, error=str(error))
                await self._tools.clock.sleep(_PAUSE)
                if self._stopping:
                    raise LostJob from error

    async def _let_go(self, job: Job, *, died: bool) -> None:
        """Hand back a job that is still this worker's: nobody else claims it while the worker lives."""

        async def attempt() -> None:
            current = await load_job(self._tools.store, job.id)
            if current is None or current.owner != self._id or current.fence != job.fence:
                _log.info("worker.job_lost", job_id=job.id)
                return
            await self._tools.store.commit(hand_back(current, self._tools.clock.now(), died=died).build().change)

        while True:
            try:
                return await decide(attempt)
            except (StoreError, Unavailable) as error:
                _log.warning("worker.not_handed_back", job_id=job.id, reason=str(error))
                if self._stopping:
                    # Whoever claims it next has to wait for the lease to end instead; nothing is lost.
                    return None
                await self._tools.clock.sleep(_PAUSE)
