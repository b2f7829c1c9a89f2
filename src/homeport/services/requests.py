"""Requests under a key (promise P7): the answer is committed with what the request does, and given again."""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.model.changes import Change, Statement
from homeport.model.errors import KeyReused
from homeport.services.asking import Ask, Once, Reply
from homeport.services.context import Context

ADD_REQUEST: Final = "add_request"
"""The statement that misses when the same request was carried out meanwhile."""


async def find_reply(context: Context, ask: Ask) -> Reply | None:
    """Return what a request was answered when it was carried out; None when it was not.

    Raises:
        KeyReused: its key stands for another request.
        VaultError: the answer was sealed under another master key.
    """
    since = context.clock.now() - ask.kept_for
    row = await context.store.row("request", project_id=ask.project_id, key=ask.key, since=since)
    if row is None:
        return None
    if row["digest"] != ask.digest or row["operation"] != ask.operation:
        raise KeyReused(ask.key, str(row["operation"]))
    return Reply(int(row["status"] or 0), context.vault.unseal(str(row["answer"]), _place(ask)))


def noted(context: Context, once: Once, change: Change, result: object) -> Change:
    """Return a change that also writes down the request it carries out and its answer, made from what it results in.

    It misses at `ADD_REQUEST` when the request was carried out already.
    """
    ask, reply = once.ask, once.reply(result)
    now = context.clock.now()
    row = Statement(
        ADD_REQUEST,
        {
            "project_id": ask.project_id,
            "key": ask.key,
            "operation": ask.operation,
            "digest": ask.digest,
            "status": reply.status,
            "answer": context.vault.seal(reply.body, _place(ask)),
            "made_at": now,
            "since": now - ask.kept_for,
        },
    )
    return msgspec.structs.replace(change, statements=(row, *change.statements))


def _place(ask: Ask) -> str:
    return f"request:{ask.project_id}:{ask.key}"
