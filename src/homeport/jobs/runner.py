"""One job from its claim to its end: its tasks in order, their limits, a terminate, the undo, and every commit between.

Each commit goes through `_commit`, which is where a job that became somebody else's is noticed: another fence, and the
runner stops without another word; the same fence (somebody asked to terminate), and it decides anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

import msgspec

from homeport.jobs.defects import is_defect, told_of
from homeport.jobs.facts import Facts
from homeport.jobs.limits import CutShort, Limits, Reason
from homeport.jobs.logs import Begins
from homeport.jobs.settling import settle
from homeport.jobs.starting import Starting, following
from homeport.jobs.tasks import TASK_KINDS
from homeport.jobs.tasks.base import Result
from homeport.jobs.terminating import TerminateWatch
from homeport.jobs.tools import Tools
from homeport.jobs.undoing import Undo
from homeport.jobs.work import Work
from homeport.log_setup import get_logger
from homeport.model.causes import Cause, Failure, TaskFailed
from homeport.model.changes import Move, Moved, Statement, Value
from homeport.model.clock import SECOND
from homeport.model.moves import (
    begin_end,
    claim,
    current_task,
    effective_deadline,
    end_needless,
    end_unbegun,
    ending_of,
    finish_end,
    first_ending,
    overdue,
    past_return,
    refuse_task,
    terminated_ending,
)
from homeport.model.plans import DEATHS_ALLOWED, ENVIRONMENT_ACTIONS
from homeport.model.records import Ending, Job, Task
from homeport.model.states import FINISHED, Status
from homeport.store.base import Missed, Row, StoreError
from homeport.store.loading import load_environment, load_job, names_of_own_instances

T = TypeVar("T")

_log = get_logger()


class LostJob(Exception):  # noqa: N818 - an answer, not a defect
    """The job is another worker's by now; nothing more may be done to it."""


class MissedForEver(Exception):  # noqa: N818 - names what is wrong
    """A move misses though the job is as it was read: trying it again would change nothing."""


class Runner:
    """Runs one claimed job."""

    def __init__(self, tools: Tools, job: Job, component: Row | None = None) -> None:
        """`component` is the row of the job's component, where it was read together with the job."""
        self._tools = tools
        self._job = job
        self._facts = Facts(tools, job, component)
        self._resumed = current_task(job) is not None
        """Whether the task under way was begun by a worker before this one."""
        self._reached = 0
        """Index of the last task that was run here."""
        self._limits: Limits | None = None
        self._stopping = False
        self._finishing = False
        self.terminate: Final = TerminateWatch(tools, job.id, self._cut_to_terminate)
        """Listens from now on, until whoever made the runner closes it."""
        self._unsure = False
        """Whether a commit may have been written though the store said that it had failed."""
        self._writing = asyncio.Lock()

    @property
    def job(self) -> Job:
        """The job as last committed."""
        return self._job

    def finish_task(self) -> None:
        """Let go of the job as soon as the task under way has ended."""
        self._finishing = True

    def stop(self) -> None:
        """Let go of the job: what runs is no longer waited for, and nothing is undone."""
        self._stopping = True
        if self._limits is not None:
            self._limits.cut(Reason.LOST)

    async def begin(self, worker: str, node: str) -> bool:
        """Claim the job, and start its first task in the same commit; False when somebody was faster."""
        was = await self._target_fence()
        now = self._tools.clock.now()
        move = claim(self._job, worker=worker, node=node, fence=was + 1, now=now)
        # First of what follows the job's own guard: the other statements stand under the new fence.
        move.also(self._raise_fence(was, node))
        ending = first_ending(self._job, now)
        taken_over = self._job.owner is not None
        if self._job.status is Status.INIT:
            await self._begin_unbegun(move, ending, worker, was + 1)
        elif ending is not None:
            begin_end(move, self._job, ending)
        try:
            await self._write("claim", move.build())
        except Missed as missed:
            _log.info("job.claim_missed", job_id=self._job.id, reason=str(missed))
            return False
        if taken_over:
            # Until now the worker before this one could still write what it was about to.
            self._facts.forget()
        return True

    async def run(self) -> None:
        """Go on with the claimed job until it is finished.

        Raises:
            LostJob: it is another worker's, or `stop` was called; it goes on with whoever claims it next.
        """
        while self._job.status not in FINISHED:
            if self._stopping:
                raise LostJob
            if self._unsure:
                await self._reload()
                self._unsure = False
            await self._step_or_fail()
            if self._finishing and self._job.status not in FINISHED:
                raise LostJob

    async def _step_or_fail(self) -> None:
        """Go on by one step; a defect ends the job, and one that keeps it from ending is the caller's to see."""
        try:
            await self._step()
        except LostJob:
            raise
        except Missed as missed:
            # What was to be said of the job was refused: it is another worker's by now, or has moved.
            was = self._job.seq
            await self._reload()
            if self._job.seq == was:
                raise MissedForEver(f"{missed}, and the job has not moved") from missed
        except Exception as error:
            if not is_defect(error) or self._job.ending is not None:
                raise
            _log.exception("job.step_crashed", job_id=self._job.id)
            what = f"{type(error).__name__}; the engine's log tells more"
            await self._end(ending_of(self._job, Status.FAILED, Failure(cause=Cause.INTERNAL, what=what)))

    async def _step(self) -> None:
        task = current_task(self._job)
        if self._job.ending is not None:
            await self._undo(self._job.ending)
        elif self._job.status is Status.TERMINATING and not past_return(self._job):
            await self._end(terminated_ending(self._job))
        elif task is None:
            await self._advance(None, Result())
        else:
            await self._run_task(task)

    # The claim

    async def _target_fence(self) -> int:
        if self._job.action in ENVIRONMENT_ACTIONS:
            environment = await load_environment(self._tools.store, self._job.environment_id)
            return environment.fence if environment else 0
        component = await self._facts.component()
        return component.fence if component else 0

    def _raise_fence(self, was: int, node: str) -> Statement:
        params: dict[str, Value] = {"id": self._job.target_id, "fence": was + 1, "was_fence": was}
        if self._job.action in ENVIRONMENT_ACTIONS:
            return Statement("pin_environment", params | {"node": self._job.node or node})
        return Statement("raise_component_fence", params)

    async def _begin_unbegun(self, move: Move, ending: Ending | None, worker: str, fence: int) -> None:
        if ending is not None:
            end_unbegun(move, self._job, ending, await names_of_own_instances(self._tools.store, self._job))
        elif not self._job.goal.needed:
            end_needless(move, self._job)
        else:
            move.job(Status.RUNNING)
            preview = msgspec.structs.replace(self._job, fence=fence, owner=worker)
            self._start(move, await following(preview, 0, self._work))

    # Tasks

    async def _run_task(self, task: Task) -> None:
        work = self._work(self._job, task.idx, self._log_begins(task))
        self._resumed, self._reached = False, task.idx
        try:
            await self._carry_out(task, work)
        except (LostJob, asyncio.CancelledError):
            work.abandon()
            raise

    async def _carry_out(self, task: Task, work: Work) -> None:
        try:
            result = await self._limited(task, _made_so(task, work))
        except CutShort as cut:
            await self._cut_short(cut.reason, task, work)
        except TaskFailed as error:
            await self._failed(error.failure, work)
        except Missed:
            await self._reload()
        else:
            if not await self._advance(task, result):
                # The task did not end so: what it has logged is written without its success.
                await work.close()

    def _log_begins(self, task: Task) -> Begins:
        if self._resumed:
            return Begins.OVER
        return Begins.NEW if self._job.attempt == 1 and task.idx > self._reached else Begins.BEHIND

    async def _limited(self, task: Task, step: Coroutine[Any, Any, Result]) -> Result:
        limits = Limits(self._tools.clock)
        limits.at((task.started_at or self._tools.clock.now()) + task.time_limit, Reason.TASK_DEADLINE)
        deadline = effective_deadline(self._job, task)
        if deadline is not None:
            limits.at(deadline, Reason.JOB_DEADLINE)
        return await self._cuttable(limits, step)

    async def _cuttable(self, limits: Limits, step: Coroutine[Any, Any, T]) -> T:
        """Run a step that `stop` and a terminate can cut short, also when they came before it began."""
        self._limits = limits
        if self._stopping:
            limits.cut(Reason.LOST)
        if self.terminate.asked:
            self._cut_to_terminate()
        try:
            return await limits.run(step)
        finally:
            self._limits = None

    def _cut_to_terminate(self) -> None:
        if self._limits is not None and self._job.ending is None and not past_return(self._job):
            self._limits.cut(Reason.TERMINATE)

    async def _cut_short(self, reason: Reason, task: Task, work: Work) -> None:
        if reason is Reason.LOST:
            raise LostJob
        if reason is Reason.TERMINATE:
            await self._reload()
        elif reason is Reason.JOB_DEADLINE:
            await self._end(await self._told(overdue(self._job), work))
        else:
            what = f"task {task.idx} {task.name} was not done after {task.time_limit / SECOND:g} s"
            failure = Failure(cause=Cause.DEADLINE_EXCEEDED, what=what, log=work.tail())
            await self._end(await self._told(ending_of(self._job, Status.TIMEOUT, failure), work))

    async def _failed(self, failure: Failure, work: Work) -> None:
        await self._end(await self._told(ending_of(self._job, Status.FAILED, failure), work))

    async def _told(self, ending: Ending, work: Work) -> Ending:
        """Return the ending with the job's secrets hidden, after it was added to the task's log."""
        detail = (await work.redactor()).text(ending.detail)
        await work.say(detail)
        await work.close()
        return msgspec.structs.replace(ending, detail=detail)

    async def _advance(self, task: Task | None, result: Result) -> bool:
        """Commit a task's success and the next one's start, or the job's end; False when it was terminated first."""
        preview = self._job
        if result.artifact is not None:
            preview = msgspec.structs.replace(preview, artifact=result.artifact)
        starting = await following(preview, task.idx if task else 0, self._work)

        def build(move: Move) -> Move:
            if task is not None:
                self._note_success(move, task, result)
            self._start(move, starting)
            return move if starting.index else move.job(Status.SUCCESS)

        name = f"{task.name}-done" if task else "advance"
        # Asked before each try, the first too: a commit of the task's own may have found out already.
        while self._job.status is not Status.TERMINATING or past_return(self._job):
            if await self._commit(name, build):
                return True
        return False

    def _note_success(self, move: Move, task: Task, result: Result) -> None:
        move.task(task.idx, Status.SUCCESS, detail=result.detail, stands=True)
        move.also(*result.statements).signal(*result.topics)
        if result.artifact is not None:
            move.set(artifact=result.artifact)
        if task.name == "build" and not self._job.hard_deadline:
            # The job's deadline does not count the build's time.
            move.set(deadline_at=self._job.deadline_at + move.now - (task.started_at or move.now))

    def _start(self, move: Move, starting: Starting) -> None:
        for index, reason in starting.skipped:
            move.task(index, Status.SKIP, detail=reason, stands=True)
        if starting.refused is not None:
            refuse_task(move, starting.index, starting.refused)
        elif starting.index:
            move.task(starting.index, Status.RUNNING).also(*starting.statements)

    # Ends

    async def _end(self, ending: Ending) -> None:
        """Commit the intended end, unless the job has changed meanwhile: then it is decided anew."""
        await self._commit("ending", lambda move: begin_end(move, self._job, ending))

    async def _undo(self, ending: Ending) -> None:
        undo = Undo(self._job, self._work)
        if self._job.deaths > DEATHS_ALLOWED:
            await undo.give_up()
        else:
            await self._undo_in_time(undo)
        work = self._work(self._job, ending.task or self._job.tasks[0].idx)
        statements = await settle(work, looks=self._job.deaths <= DEATHS_ALLOWED)
        while not await self._commit(
            "end",
            lambda move: finish_end(
                move, self._job, ending, undone=undo.undone, left=undo.left, serving=undo.serving, unknown=undo.unknown
            ).also(*statements),
        ):
            _log.info("job.moved_during_undo", job_id=self._job.id, status=self._job.status)

    async def _undo_in_time(self, undo: Undo) -> None:
        limits = Limits(self._tools.clock)
        limits.at(self._tools.clock.now() + self._tools.rules.undo_limit, Reason.TASK_DEADLINE)
        try:
            await self._cuttable(limits, undo.run())
        except CutShort as cut:
            if cut.reason is Reason.LOST:
                raise LostJob from cut
            await undo.give_up()

    # Commits

    async def _commit(self, name: str, build: Callable[[Move], Move]) -> bool:
        """Commit a move of the job as it is; False when the job had moved, and is now known as it is.

        Raises:
            LostJob: it is another worker's by now.
        """
        async with self._writing:
            was = self._job.seq
            try:
                await self._write(name, build(Move(self._job, self._tools.clock.now())).build())
            except Missed as missed:
                await self._reload()
                if self._job.seq == was:
                    raise MissedForEver(f"{name}: {missed}, and the job has not moved") from missed
                return False
            return True

    async def _write(self, name: str, moved: Moved) -> None:
        self._tools.crash(f"before-{name}")
        try:
            await self._tools.store.commit(moved.change)
        except BaseException as error:
            # Also when it was cut short: it may have been written.
            self._facts.forget()
            self._unsure = self._unsure or isinstance(error, StoreError)
            raise
        self._facts.follow(moved.change.statements)
        self._job = moved.job
        self._tools.crash(f"after-{name}")

    async def _reload(self) -> None:
        job = await load_job(self._tools.store, self._job.id)
        if job is None or job.fence != self._job.fence or job.owner != self._job.owner:
            raise LostJob
        self._job = job
        self._facts.forget()

    async def _report(self, done: int, detail: str | None) -> None:
        task = current_task(self._job)
        if task is not None and (task.done < done or (detail is not None and detail != task.detail)):
            index = task.idx
            await self._commit("progress", lambda move: move.mark(index, done=done, detail=detail))

    def _work(self, job: Job, index: int, begins: Begins = Begins.BEHIND) -> Work:
        return Work(self._tools, job, index, self._facts, self._report, begins)


async def _made_so(task: Task, work: Work) -> Result:
    """Run a task; whatever it raises that was not agreed on is a defect, told as cause `internal`."""
    try:
        result = await TASK_KINDS[task.name].run(work)
        rest = await work.rest_of_log()
    except Exception as error:
        raise told_of(error, work.job.id, work.index) from error
    return msgspec.structs.replace(result, statements=result.statements + rest.statements, topics=rest.topics)
