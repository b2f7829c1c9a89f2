"""Jobs: ShowJob and RetryJob (contract/contract.md, section 3)."""

from __future__ import annotations

from collections.abc import Awaitable

from homeport.api.calls import Answer, Call, Handler, empty_answer
from homeport.api.once import carry_out
from homeport.services.context import Context
from homeport.services.jobs import find_document, retry_job


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers of both operations."""

    async def show_job(call: Call) -> Answer:
        document = await find_document(context, call.project_id, call.param("job_id"), call.environment_id)
        return Answer(document.body, etag=str(document.seq))

    async def retry(call: Call) -> Answer:
        document = await find_document(context, call.project_id, call.param("job_id"), call.environment_id)

        def act(within: Context) -> Awaitable[None]:
            return retry_job(within, document.job_id)

        return await carry_out(context, call, act, lambda _: empty_answer())

    return {"ShowJob": show_job, "RetryJob": retry}
