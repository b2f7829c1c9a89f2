"""Jobs: ShowJob and RetryJob (contract/contract.md, section 3)."""

from __future__ import annotations

from homeport.api.calls import Answer, Call, Handler, empty_answer
from homeport.services.context import Context
from homeport.services.jobs import find_document, retry_job


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers of both operations."""

    async def show_job(call: Call) -> Answer:
        document = await find_document(context, call.project_id, call.param("job_id"), call.environment_id)
        return Answer(document.body, etag=str(document.seq))

    async def retry(call: Call) -> Answer:
        document = await find_document(context, call.project_id, call.param("job_id"), call.environment_id)
        await retry_job(context, document.job_id)
        return empty_answer()

    return {"ShowJob": show_job, "RetryJob": retry}
