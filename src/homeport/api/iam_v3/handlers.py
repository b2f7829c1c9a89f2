"""The handlers of the IAM calls, by operation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from homeport.api.calls import Answer, Call, Handler
from homeport.api.iam_v3 import lists, tokens
from homeport.identity.parts import Identity

_Handle = Callable[[Identity, Call], Awaitable[Answer]]

_HANDLERS: Final[dict[str, _Handle]] = {
    "CreateToken": tokens.create_token,
    "ShowToken": tokens.show_token,
    "DeleteToken": tokens.delete_token,
    "ListProjects": lists.list_projects,
    "ListAuthProjects": lists.list_auth_projects,
    "ListAuthDomains": lists.list_auth_domains,
    "ListUsers": lists.list_users,
}


def handlers(identity: Identity) -> dict[str, Handler]:
    """Return the handlers of the IAM operations over the accounts of the store."""
    return {id_: _traced(identity, handle) for id_, handle in _HANDLERS.items()}


def _traced(identity: Identity, handle: _Handle) -> Handler:
    async def traced(call: Call) -> Answer:
        answer = await handle(identity, call)
        # The SDK quotes this header where it cannot use what it got (contract/auth.md, section 4).
        answer.headers = (*answer.headers, (b"x-iam-trace-id", call.request_id.encode()))
        return answer

    return traced
