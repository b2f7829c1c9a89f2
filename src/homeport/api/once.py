"""Requests that are carried out once, however often they are sent: by their Idempotency-Key, or by being equal."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import msgspec

from homeport.api import headers
from homeport.api.calls import JSON, Answer, Call, Handler, Headers, LateAnswer, StreamingAnswer
from homeport.model.errors import Refused, Unavailable
from homeport.services.asking import Ask, Once, Reply
from homeport.services.context import Context
from homeport.services.deciding import CarriedOut
from homeport.services.requests import find_reply

T = TypeVar("T")

REPLAYED: Final[Headers] = ((b"idempotent-replayed", b"true"),)
"""Stands on an answer that was given before."""

_QUICK: Final = 32 * 1024
_UNNAMED: Final = " same:"
"""Begins the key of a request that has none of its own; no header can hold it, for it begins with a space."""


def answered_once(context: Context, handler: Handler) -> Handler:
    """Return a handler that answers a request which was carried out before as it was answered then.

    A request that is refused is not carried out: its key is as good as new.
    """

    async def answer(call: Call) -> Answer | StreamingAnswer | LateAnswer:
        ask = await _ask_of(context, call)
        if ask is None:
            return await handler(call)
        known = await find_reply(context, ask)
        if known is not None:
            return _again(known)
        call.ask = ask
        try:
            return await handler(call)
        except (Refused, CarriedOut) as error:
            # What refuses it may be the effect of the same request, which came at the same time and was faster.
            known = await find_reply(context, ask)
            if known is None:
                raise _refusal(error) from error
            return _again(known)

    return answer


async def carry_out(
    context: Context, call: Call, act: Callable[[Context], Awaitable[T]], answer: Callable[[T], Answer]
) -> Answer:
    """Let a service act on behalf of a call, and return what `answer` makes of its result.

    The service is to work with the context that `act` is given: by it the answer is committed with the effect.
    """
    if call.ask is None:
        return answer(await act(context))

    def reply(result: T) -> Reply:
        made = answer(result)
        return Reply(call.operation.status if made.status is None else made.status, made.body)

    return answer(await act(msgspec.structs.replace(context, once=Once(call.ask, reply))))


async def _ask_of(context: Context, call: Call) -> Ask | None:
    key = headers.idempotency_key(call.headers.get(b"idempotency-key"))
    kept_for = context.rules.key_time if key is not None else context.rules.same_request_time
    if not kept_for:
        return None
    digest = _digest(call) if len(call.body) <= _QUICK else await asyncio.to_thread(_digest, call)
    if key is None:
        key = _UNNAMED + hashlib.sha256(f"{call.caller.user_id}\0{digest}".encode()).hexdigest()
    return Ask(project_id=call.project_id, key=key, operation=call.operation.id, digest=digest, kept_for=kept_for)


def _digest(call: Call) -> str:
    """Return the digest of what is asked for: the operation, where, and the body, byte for byte."""
    where = [call.operation.id, *call.params, call.environment_id, call.enterprise_project_id]
    return hashlib.sha256(msgspec.json.encode(where) + b"\0" + call.body).hexdigest()


def _again(reply: Reply) -> Answer:
    return Answer(reply.body, status=reply.status, headers=(*(JSON if reply.body else ()), *REPLAYED))


def _refusal(error: Refused | CarriedOut) -> Refused:
    if isinstance(error, Refused):
        return error
    return Unavailable("The same request was carried out long ago, and its answer is not kept any more")
