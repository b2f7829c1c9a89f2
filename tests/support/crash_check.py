"""Holds what clients saw against what is stored, and both against the promises (DESIGN.md, section 2).

Pure: a record and the content of a database in, sentences out, each of which begins with the promise that is broken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from support.crash_record import UNANSWERED, Asked, Read, Record, Span, Stored
from support.history import JOB, Event, attempts_of, faults
from support.shop import ENDED

_UP: Final = frozenset({"deploy", "upgrade", "configure", "rollback", "restart", "start"})
"""Actions after which a component serves; but for a paused one, of which they change what is started next."""
_UNDOES: Final = frozenset({"failed", "timeout", "terminated"})


def violations(record: Record, stored: Stored) -> list[str]:
    """Return everything by which a run broke a promise; nothing may be under way any more."""
    return [
        *_lost(record, stored),
        *_unfinished(stored),
        *_bad_stories(stored),
        *_unfounded(record, stored),
        *_misread(record, stored),
        *_gone_back(record),
        *_mislisted(record, stored),
        *_misheard(record, stored),
        *_two_at_once(record, stored),
        *_shared_fences(stored),
        *_unheard(record, stored),
        *_left_over(stored),
        *_repeated(record),
        *_contradicted(stored),
    ]


def _lost(record: Record, stored: Stored) -> Iterator[str]:
    for job_id in sorted(record.accepted - stored.jobs.keys()):
        yield f"P1: job {job_id} was accepted and is not there"
    known_by = {one.job_id: one.span.ended for one in reversed(record.asked) if one.job_id}
    for read in record.reads:
        if not read.job and read.span.begun > known_by.get(read.job_id, float("inf")):
            yield f"P1: job {read.job_id} was accepted, and {read.span.client} was told that it is not there"


def _unfinished(stored: Stored) -> Iterator[str]:
    for job_id, job in stored.jobs.items():
        if job["status"] not in ENDED:
            yield f"P5: job {job_id} ({job['action']}) is {job['status']} still"


def _bad_stories(stored: Stored) -> Iterator[str]:
    for job_id, events in stored.events.items():
        yield from (f"{fault} (job {job_id})" for fault in faults(events))
        job = stored.jobs[job_id]
        if not events or (job["seq"], job["status"]) != (events[-1]["sequence"], _state_of(events).status):
            yield f"P8: job {job_id} is at {job['seq']}, {job['status']}, and its last events say otherwise"


def _unfounded(record: Record, stored: Stored) -> Iterator[str]:
    """Yield components with more jobs, and jobs with more attempts, than somebody asked for."""
    for target in sorted({one.target for one in record.asked if one.what == "submit"}):
        there = {job_id for job_id, job in stored.jobs.items() if job["component_id"] == target}
        asked = [one for one in record.asked if one.what == "submit" and one.target == target]
        unsure = _unsure(asked)
        unknown = sorted(there - record.accepted - record.known)
        if len(unknown) > len(unsure):
            yield f"P1: component {target} has jobs that nobody asked for, among {', '.join(unknown)}"
    for job_id, events in stored.events.items():
        retries = [one for one in record.asked if one.what == "retry" and one.target == job_id]
        sure = {one.key or str(number) for number, one in enumerate(retries) if 200 <= one.status < 300}
        more = len(attempts_of(events)) - 1
        if retries and not len(sure) <= more <= len(sure) + len(_unsure(retries)):
            yield f"P9: job {job_id} has {more} attempts beyond the first, and {len(sure)} retries were accepted"


def _unsure(asked: Sequence[Asked]) -> set[str]:
    """Return the requests that nobody knows the outcome of; one that was sent again under its key is one request."""
    answered = {one.key for one in asked if one.status != UNANSWERED and one.key}
    unsure = {one.key or str(number) for number, one in enumerate(asked) if one.status == UNANSWERED}
    return unsure - answered


class State(NamedTuple):
    """A job as its events up to a number tell of it."""

    status: str
    progress: int
    tasks: dict[int, str]


def _state_of(events: Sequence[Event]) -> State:
    tasks = {event["task"]: event["status"] for event in events if event["task"] != JOB}
    status = [event["status"] for event in events if event["task"] == JOB][-1]
    return State(status, events[-1]["progress"], tasks)


def _misread(record: Record, stored: Stored) -> Iterator[str]:
    """Yield answers that are no state which was ever committed."""
    for read in record.reads:
        events = stored.events.get(read.job_id, [])
        if not read.job or not events:
            continue
        if not 1 <= read.sequence <= len(events):
            yield f"P8: {read.span.client} read event {read.sequence} of job {read.job_id}, which has {len(events)}"
            continue
        state = _state_of(events[: read.sequence])
        tasks = {task["index"]: task["status"] for task in read.job["tasks"]}
        committed = {index: state.tasks.get(index, "init") for index in tasks}
        if (read.job["status"], read.job["progress"], tasks) != (state.status, state.progress, committed):
            yield f"P8: {read.span.client} read job {read.job_id} at {read.sequence} as it never was: {dict(read.job)}"


def _gone_back(record: Record) -> Iterator[str]:
    """Yield answers older than one that somebody had got before the call began."""
    seen: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for read in record.reads:
        seen[read.job_id].append((read.span, read.sequence))
    for listed in record.lists:
        newest = listed.events[-1]["sequence"] if listed.events else listed.after
        seen[listed.job_id].append((listed.span, newest))
    for job_id, answers in seen.items():
        ends = sorted(answers, key=lambda one: one[0].ended)
        newest, at = 0, 0
        for span, sequence in sorted(answers, key=lambda one: one[0].begun):
            while at < len(ends) and ends[at][0].ended < span.begun:
                newest, at = max(newest, ends[at][1]), at + 1
            if sequence < newest:
                yield f"P8: {span.client} read job {job_id} at {sequence} after somebody had read it at {newest}"


def _mislisted(record: Record, stored: Stored) -> Iterator[str]:
    for listed in record.lists:
        events = stored.events.get(listed.job_id, [])
        if list(listed.events) != list(events[listed.after : listed.after + len(listed.events)]):
            yield f"P8: {listed.span.client} read events of job {listed.job_id} after {listed.after} that are not so"


def _misheard(record: Record, stored: Stored) -> Iterator[str]:
    """Yield streams that left an event out, showed one twice, or ended where the job had not."""
    for heard in record.streams:
        events = stored.events.get(heard.job_id, [])
        last = heard.after + len(heard.events)
        if list(heard.events) != list(events[heard.after : last]):
            yield f"P8: {heard.span.client} heard events of job {heard.job_id} after {heard.after} that are not so"
        elif heard.end is not None and heard.end != (_state_of(events[:last]).status, last):
            yield f"P8: {heard.span.client} heard that job {heard.job_id} ended {heard.end}, and its last was {last}"


def _two_at_once(record: Record, stored: Stored) -> Iterator[str]:
    """Yield jobs of one component that were both seen active at the same time."""
    active: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for read in record.reads:
        if read.job and read.job["status"] not in ENDED:
            active[read.job_id, _attempt_at(stored, read)].append(read.span)
    times: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for (job_id, _), spans in active.items():
        # Active for sure from the first answer on until the last question.
        since, until = min(span.ended for span in spans), max(span.begun for span in spans)
        if job_id in stored.jobs and since <= until:
            times[_target_of(stored.jobs[job_id])].append((job_id, since, until))
    for target, jobs in times.items():
        for (one, since, until), (other, begun, ended) in combinations(jobs, 2):
            if one != other and since < ended and begun < until:
                yield f"P4: jobs {one} and {other} of {target} were active at the same time"


def _attempt_at(stored: Stored, read: Read) -> int:
    events = stored.events.get(read.job_id, [])[: read.sequence]
    return sum(event["task"] == JOB and event["status"] == "init" for event in events)


def _target_of(job: Any) -> str:
    return str(job["component_id"] or job["environment_id"])


def _shared_fences(stored: Stored) -> Iterator[str]:
    fences: dict[tuple[str, int], str] = {}
    for job_id, job in stored.jobs.items():
        other = fences.setdefault((_target_of(job), job["fence"]), job_id) if job["fence"] else job_id
        if other != job_id:
            yield f"P4: jobs {other} and {job_id} of one target have the fence {job['fence']}"


def _unheard(record: Record, stored: Stored) -> Iterator[str]:
    """Yield jobs whose termination was accepted and of which no event tells."""
    for one in record.asked:
        if one.what == "terminate" and one.status == 202:
            told = {event["status"] for event in stored.events.get(one.target, []) if event["task"] == JOB}
            if not told & {"terminating", "terminated"}:
                yield f"P6: job {one.target} was asked to terminate, and no event says so"


def _left_over(stored: Stored) -> Iterator[str]:
    """Yield instances of jobs that were undone, unless their tasks say that they are still alive."""
    for instance in stored.instances:
        job = stored.jobs.get(instance["job_id"])
        named = any(instance["name"] in event["detail"] for event in stored.events.get(instance["job_id"], []))
        # What `keep` put in the place of an instance that is missing has a later fence than the job it is named after.
        its_own = job is not None and instance["fence"] <= job["fence"]
        if job is not None and its_own and job["status"] in _UNDOES and not named:
            yield f"P6: job {job['id']} is {job['status']}, and its instance {instance['name']} is there"


def _repeated(record: Record) -> Iterator[str]:
    """Yield keys under which two jobs were made, or one for another body (promise P7)."""
    first: dict[str, Asked] = {}
    for one in record.asked:
        if not one.key or one.status == UNANSWERED:
            continue
        before = first.setdefault(one.key, one)
        if (before.target, before.body) != (one.target, one.body):
            if one.job_id:
                yield f"P7: key {one.key} was taken for another request"
        elif one.job_id and before.job_id and one.job_id != before.job_id:
            yield f"P7: key {one.key} made jobs {before.job_id} and {one.job_id}"


def _contradicted(stored: Stored) -> Iterator[str]:
    """Yield components whose latest job, which ended well, tells another story than they do."""
    for component_id, component in stored.components.items():
        job = stored.jobs.get(component["job_id"])
        if job is None or job["status"] != "success":
            continue
        is_ = (component["status"], component["available_replica"])
        allowed = {("running", component["replica"])} if job["action"] in _UP else {is_}
        if job["action"] == "stop" or (job["action"] in ("configure", "rollback", "upgrade") and is_[0] == "paused"):
            allowed = {("paused", 0)}
        if is_ not in allowed:
            yield f"component {component_id} is {is_}, and its latest job, {job['action']}, ended well"


def summary(record: Record, stored: Stored) -> str:
    """Return in a line how much a run has seen."""
    statuses: dict[str, int] = defaultdict(int)
    for job in stored.jobs.values():
        statuses[job["status"]] += 1
    ends = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    deaths = sum(job["deaths"] for job in stored.jobs.values())
    return (
        f"{len(stored.jobs)} jobs ({ends}), {deaths} deaths over them, "
        f"{len(record.reads)} reads, {len(record.lists)} lists, {len(record.streams)} streams, "
        f"{len(record.asked)} requests"
    )
