"""Logs of instances."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from homeport.api import queries
from homeport.api.calls import Answer, Call, Handler, StreamingAnswer
from homeport.model.errors import ComponentNotFound
from homeport.model.records import Component
from homeport.services.context import Context
from homeport.store.loading import load_component


class LogReader(Protocol):
    """Reads the log of an instance through its driver; the API knows no driver."""

    async def __call__(
        self, component: Component, instance: str, *, tail: int | None, follow: bool
    ) -> AsyncGenerator[bytes, None]:
        """Return the log as it arrives.

        Raises:
            InstanceNotFound: the component has no instance of this name, and no log of one.
            Unavailable: its driver does not answer.
        """
        ...


def handlers(context: Context, read: LogReader) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def log(call: Call) -> Answer | StreamingAnswer:
        component = await load_component(context.store, call.param("component_id"))
        if component is None or component.project_id != call.project_id:
            raise ComponentNotFound(call.param("component_id"))
        lines = queries.whole_number(call.query, "tail", -1, least=0, most=10_000)
        chunks = await read(
            component,
            call.param("instance"),
            tail=None if lines < 0 else lines,
            follow=queries.flag(call.query, "follow"),
        )
        return StreamingAnswer(chunks)

    return {"ShowInstanceLog": log}
