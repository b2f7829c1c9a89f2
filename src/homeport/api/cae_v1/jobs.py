"""Jobs: ShowJob and RetryJob (contract/contract.md, section 3)."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial

from homeport.api.calls import Answer, Call, Handler, LateAnswer, empty_answer
from homeport.api.once import carry_out
from homeport.model.records import JobDocument
from homeport.model.states import FINISHED
from homeport.services.context import Context
from homeport.services.jobs import find_document, retry_job
from homeport.services.reads import caught_up, counted_read


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers of both operations."""

    async def show_job(call: Call) -> Answer | LateAnswer:
        document = await find_document(context, call.project_id, call.param("job_id"), call.environment_id)
        if document.counts_reads and document.status not in FINISHED:
            return LateAnswer(caught_up(context, document.job_id), partial(_counted, context, document.job_id))
        return _shown(document)

    async def retry(call: Call) -> Answer:
        document = await find_document(context, call.project_id, call.param("job_id"), call.environment_id)

        def act(within: Context) -> Awaitable[None]:
            return retry_job(within, document.job_id)

        return await carry_out(context, call, act, lambda _: empty_answer())

    return {"ShowJob": show_job, "RetryJob": retry}


def _shown(document: JobDocument) -> Answer:
    return Answer(document.body, etag=str(document.seq))


async def _counted(context: Context, job_id: str) -> Answer:
    return _shown(await counted_read(context, job_id))
