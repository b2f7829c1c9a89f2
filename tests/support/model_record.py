"""What the record of every job must be, whatever happens: one story in order, by the one table of moves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import msgspec

from homeport.model.causes import Cause
from homeport.model.documents import document_of
from homeport.model.records import Job, JobEvent
from homeport.model.states import FINISHED, JOB_MOVES, RETRYABLE, TASK_MOVES, Status
from homeport.store.base import Store
from homeport.store.loading import job_of

Moves = Counter[tuple[str, Status, Status]]
"""How often each move was made: of a `job` or a `task`, from where, to where."""

_STOOD: Final = re.compile(r"^not run: ")


class Broken(AssertionError):  # noqa: N818 - said of a promise
    """Something that must always hold does not."""


def must(holds: object, what: str, *about: object) -> None:
    """Raise `Broken` unless something holds."""
    if not holds:
        raise Broken(" ".join([what, *(f"\n    {one!r}" for one in about)]))


_UNNUMBERED: Final = ("fence", "owner", "node", "deaths", "started_at", "ending")
"""What changes without a number, by a claim, a hand-back, the end of a terminate: its answer may be on its way."""


@dataclass
class Story:
    """A job as its events have told it so far."""

    job_id: str
    seq: int = 0
    at: int = 0
    progress: int = 0
    attempt: int = 1
    statuses: dict[int, Status] = field(default_factory=dict)
    details: dict[int, str] = field(default_factory=dict)
    began: dict[int, int] = field(default_factory=dict)
    """By task, in which attempt it was started last."""
    finished: tuple[int, bytes] | None = None
    """Its sequence number and document when it ended; nothing of it may change while it has not been retried."""
    recorded: bool = False
    """Whether its task `record` was begun in this attempt: from there on it only goes forward."""
    too_late: bool = False
    """Whether a terminate found it there."""
    begun: bool = False
    """Whether anybody began it in this attempt."""


class Records:
    """The stories of all jobs of a sequence."""

    def __init__(self, store: Store, moves: Moves) -> None:
        self._store = store
        self._moves = moves
        self.stories: dict[str, Story] = {}

    async def look(self, job_id: str) -> Job:
        """Read a job and what has happened to it; raise `Broken` where its record is not as it must be."""
        row = await self._store.row("job", id=job_id)
        must(row is not None, f"job {job_id} is lost (P1)")
        assert row is not None
        job = job_of(row, await self._store.rows("tasks_of_job", job_id=job_id))
        story = self.stories.setdefault(job_id, Story(job_id))
        rows = await self._store.rows("job_events", job_id=job_id, after=story.seq, most=1_000)
        for event in rows:
            self._take(story, msgspec.convert({**event, "job_id": job_id}, JobEvent), job)
        must(story.seq == job.seq, "the last event is not the job's last move", story, job.seq)
        stored = await self._store.row("job_document", id=job_id)
        assert stored is not None
        text = str(stored["document"]).encode()
        await self._agrees(story, job, text)
        self._keeps(story, job, text, moved=bool(rows))
        return job

    def _take(self, story: Story, event: JobEvent, job: Job) -> None:
        must(event.seq == story.seq + 1, "sequence numbers do not rise by one", story, event)
        must(event.at >= story.at, "an event is older than the one before", story, event)
        was = story.statuses.get(event.task, None if event.seq == 1 else Status.INIT)
        if was is None:
            must((event.task, event.status) == (0, Status.INIT), "a job does not begin as init", event)
        elif was is not event.status or event.task == 0:
            self._moved(story, event, was, job)
        must(event.progress >= story.progress, "progress falls within an attempt (P3)", story, event)
        must(
            (event.progress == 100) <= (story.statuses.get(0) is Status.SUCCESS or _ends(event)), "100 too early", event
        )
        story.seq, story.at, story.progress = event.seq, event.at, event.progress
        story.statuses[event.task] = event.status
        story.details[event.task] = event.detail

    def _moved(self, story: Story, event: JobEvent, was: Status, job: Job) -> None:
        kind, table = ("task", TASK_MOVES) if event.task else ("job", JOB_MOVES)
        must(event.status in table[was], f"a {kind} moved from {was} to {event.status}", story, event)
        self._moves[kind, was, event.status] += 1
        if event.task == 0:
            self._job_moved(story, event, was)
            return
        if event.status is Status.RUNNING:
            again = story.began.get(event.task) == story.attempt
            must(not again, "a task was started twice in one attempt (P9)", story, event)
            story.began[event.task] = story.attempt
            story.begun = True
            story.recorded |= job.tasks[event.task - 1].name == "record"
        if event.status is Status.INIT:
            self._task_retried(story, event, was)

    def _job_moved(self, story: Story, event: JobEvent, was: Status) -> None:
        if event.status is Status.TERMINATING:
            story.too_late = story.recorded
        if event.status is Status.SUCCESS and was is Status.TERMINATING:
            must(story.too_late, "a terminate was not heeded though it came in time", story, event)
        if event.status is Status.INIT:
            story.attempt += 1
            story.progress = 0
            story.finished = None
            story.recorded = story.begun = False

    def _task_retried(self, story: Story, event: JobEvent, was: Status) -> None:
        # The events of tasks stand before the job's own: they begin the next attempt.
        story.progress = 0
        detail = story.details[event.task]
        if was is Status.SUCCESS:
            must("\nundone: " in f"\n{detail}", "a retry repeats a task that stands (P9)", story, event)
        if was is Status.SKIP:
            must(_STOOD.match(detail), "a retry repeats a task that was not needed (P9)", story, event)

    async def _agrees(self, story: Story, job: Job, stored: bytes) -> None:
        """Check that rows, events and the answer of ShowJob tell the same."""
        must(job.status is story.statuses[0], "a job is not what its events say", job, story)
        for task in job.tasks:
            told = story.statuses.get(task.idx, Status.INIT)
            must(task.status is told, "a task is not what its events say", task, story)
            if task.idx in story.details:
                must(task.detail == story.details[task.idx], "a detail is not what its event says", task, story)
        must([task.idx for task in job.tasks] == list(range(1, len(job.tasks) + 1)), "indices have gaps", job)
        must((job.progress == 100) == (job.status is Status.SUCCESS), "100 is not exactly success (P3)", job)
        must(job.attempt == story.attempt, "attempts are not counted", job, story)
        document = await self._store.document(job.id)
        must(document is not None and document.seq <= job.seq, "ShowJob knows more than there is", job)
        assert document is not None
        # While the answer to a commit is on its way, ShowJob may be one move behind.
        if document.seq == job.seq:
            must(document.body == stored, "ShowJob tells something else", job)
            told = msgspec.structs.replace(document_of(job), job=document.job)
            must(document == told, "the document is not the job's", document, job)
            if document.job is not None:
                known = msgspec.structs.replace(document.job, **{name: getattr(job, name) for name in _UNNUMBERED})
                must(known == job, "the job in memory is not the one in the store", document.job, job)
        under_way = sum(task.status in (Status.RUNNING, Status.TERMINATING) for task in job.tasks)
        must(under_way <= 1, "two tasks are under way", job)
        active = await self._store.row("active_job_of", target=job.target_id)
        must(
            (active is not None and active["id"] == job.id) == (job.status not in FINISHED),
            "active is not what the status says",
            job,
            active,
        )

    def _keeps(self, story: Story, job: Job, document: bytes, *, moved: bool) -> None:
        if job.status not in FINISHED:
            return
        must(all(task.status in FINISHED for task in job.tasks), "a finished job has an unfinished task", job)
        must(job.owner is None, "a finished job has an owner", job)
        if job.status in RETRYABLE:
            told = any(task.detail.strip() for task in job.tasks)
            must(told and job.ending is not None, "a job that ended badly does not say why", job)
            assert job.ending is not None
            must(job.ending.cause != Cause.INTERNAL, "a job ended for a defect of the engine", job)
        if story.finished is not None:
            must(not moved and story.finished == (job.seq, document), "a finished job has changed (P2)", job, story)
        story.finished = (job.seq, document)


def _ends(event: JobEvent) -> bool:
    return event.task == 0 and event.status is Status.SUCCESS
