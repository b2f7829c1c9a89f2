"""Tokens: opaque words of 256 random bits that stand for a user for a day. Only their hashes are kept."""

from __future__ import annotations

import base64
import hashlib
from typing import Final, Literal

import msgspec

from homeport.identity.accounts import IDENTITY_TOPIC, Accounts
from homeport.identity.recent import Recent
from homeport.identity.records import Token
from homeport.model.caller import Caller
from homeport.model.changes import Change, Statement
from homeport.model.clock import SECOND, Clock, rfc3339
from homeport.model.errors import AccountNotFound, TokenExpired
from homeport.model.ids import Ids
from homeport.store.base import Missed, Store
from homeport.store.loading import record

LIFETIME: Final = 24 * 3600 * SECOND
"""How long a token is good for, in microseconds (contract/auth.md, section 1)."""

KEPT_AFTER_EXPIRY: Final = 7 * 24 * 3600 * SECOND
"""For how long an expired token is still known as such, so that its owner reads that it expired."""

MOST_REMEMBERED: Final = 4_096
"""How many tokens are known without asking the store."""

_PREFIX: Final = "hpt_"
_BYTES: Final = 32


class NewToken(msgspec.Struct, frozen=True):
    """A token as it is shown once, when it is issued, and what is kept of it."""

    value: str
    token: Token


def hash_of(value: bytes) -> str:
    """Return what is kept of a token instead of its value: its SHA-256 in hex."""
    return hashlib.sha256(value).hexdigest()


class Tokens:
    """Issues tokens, tells whose they are, and ends them."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, accounts: Accounts) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._accounts = accounts
        self._recent: Recent[bytes, Caller] = Recent(clock, MOST_REMEMBERED)

    def known(self, value: bytes) -> Caller | None:
        """Return whose token this is if it was looked up lately; None says nothing about it. Quick, never raises."""
        return self._recent.get(value)

    async def caller(self, value: bytes) -> Caller | None:
        """Return whose token this is; None for one that never was, was revoked, or whose user is gone.

        Raises:
            TokenExpired: it was good once.
        """
        known = self._recent.get(value)
        if known is not None:
            return known
        round_ = self._recent.round
        token = await self._find(value)
        caller = await self._caller_of(token) if token else None
        if token is None or caller is None:
            return None
        if token.expires_at <= self._clock.now():
            raise TokenExpired(rfc3339(token.expires_at))
        self._recent.keep(value, caller, looked_up_in=round_, until=token.expires_at)
        return caller

    async def find(self, value: bytes) -> Token | None:
        """Return what is kept of a token that is good now; None for any other."""
        token = await self._find(value)
        return token if token is not None and token.expires_at > self._clock.now() else None

    async def issue(
        self,
        user_id: str,
        project_id: str | None,
        method: Literal["password", "token"],
        *,
        expires_at: int | None = None,
    ) -> NewToken:
        """Issue a token of a user for one project (None: for all of theirs), good for `LIFETIME` unless told otherwise.

        Tokens that expired long ago are swept out with it. Raises `AccountNotFound` when the user is gone.
        """
        now = self._clock.now()
        value = _PREFIX + base64.urlsafe_b64encode(self._ids.secret(_BYTES)).rstrip(b"=").decode()
        token = Token(
            hash=hash_of(value.encode()),
            user_id=user_id,
            project_id=project_id,
            methods=method,
            issued_at=now,
            expires_at=now + LIFETIME if expires_at is None else expires_at,
        )
        guard = Statement("touch_user", {"id": user_id, "now": now})
        sweep = Statement("remove_old_tokens", {"before": now - KEPT_AFTER_EXPIRY}, None)
        try:
            await self._store.commit(Change((guard, Statement("add_token", msgspec.structs.asdict(token)), sweep)))
        except Missed:
            raise AccountNotFound("user", user_id) from None
        return NewToken(value, token)

    async def revoke(self, value: bytes) -> None:
        """End a token at once, everywhere; raise `AccountNotFound` for one that is not there."""
        try:
            await self._store.commit(Change((Statement("remove_token", {"hash": hash_of(value)}),), (IDENTITY_TOPIC,)))
        except Missed:
            raise token_not_found(value) from None

    def forget(self) -> None:
        """Look every token up again before it is believed."""
        self._recent.forget_all()

    async def _find(self, value: bytes) -> Token | None:
        row = await self._store.row("token", hash=hash_of(value))
        return None if row is None else record(Token, row)

    async def _caller_of(self, token: Token) -> Caller | None:
        return await self._accounts.caller(
            token.user_id, "token", scope_project_id=token.project_id, expires_at=token.expires_at
        )


def token_not_found(value: bytes) -> AccountNotFound:
    """Return the refusal for a token that is not there, naming no more of it than its beginning."""
    return AccountNotFound("token", value[:8].decode("ascii", "replace") + "…")
