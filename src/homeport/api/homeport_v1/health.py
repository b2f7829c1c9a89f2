"""Whether the engine answers, and which version it is."""

from __future__ import annotations

from homeport import __version__
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.homeport_v1.schemas import HealthAnswer, VersionAnswer
from homeport.model.errors import Unavailable
from homeport.services.context import Context
from homeport.store.base import StoreError


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def health(call: Call) -> Answer:  # noqa: ARG001 - the same for every call
        try:
            await context.store.row("drivers_in_use")
        except StoreError as error:
            raise Unavailable(f"The store does not answer: {error}") from error
        return json_answer(HealthAnswer(status="ok", version=__version__))

    async def version(call: Call) -> Answer:  # noqa: ARG001 - the same for every call
        return json_answer(VersionAnswer(version=__version__))

    return {"ShowHealth": health, "ShowVersion": version}
