"""Access keys: an id that travels with each request, and a secret that signs it and never travels again."""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.identity.accounts import IDENTITY_TOPIC, Accounts
from homeport.identity.random_text import capitals, letters_and_digits
from homeport.identity.recent import Recent
from homeport.identity.records import AccessKey
from homeport.identity.vault import Vault
from homeport.model.caller import Caller
from homeport.model.changes import Change, Statement
from homeport.model.clock import Clock
from homeport.model.errors import AccountNotFound
from homeport.model.ids import Ids
from homeport.store.base import Missed, Store
from homeport.store.loading import record

MOST_REMEMBERED: Final = 1_024
"""Of how many keys the opened secret stays in memory."""

_PREFIX: Final = "HP"


class NewKey(msgspec.Struct, frozen=True):
    """An access key as it is shown once, when it is made."""

    id: str
    secret: str


class Signer(msgspec.Struct, frozen=True):
    """Whose key it is, and the secret that must have signed the request."""

    secret: str
    caller: Caller


def new_key(ids: Ids) -> NewKey:
    """Return a new key: an id of 20 capitals and digits, a secret of 40 letters and digits, as on the cloud."""
    return NewKey(_PREFIX + capitals(ids, 18), letters_and_digits(ids, 40))


def add_access_key(vault: Vault, key: NewKey, user_id: str, now: int, *, description: str = "") -> Statement:
    """Return the statement that keeps a key, its secret sealed; it misses when there is one of that id."""
    sealed = vault.seal_text(key.secret, _context(key.id))
    return Statement(
        "add_access_key",
        {"id": key.id, "user_id": user_id, "secret": sealed, "description": description, "now": now},
    )


class AccessKeys:
    """Reads and changes of access keys."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, vault: Vault, accounts: Accounts) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._vault = vault
        self._accounts = accounts
        self._recent: Recent[str, Signer] = Recent(clock, MOST_REMEMBERED)

    async def signer(self, key_id: str) -> Signer | None:
        """Return who signs with a key, and with which secret; None for an unknown key.

        Raises `VaultError` when the secret was sealed under another master key.
        """
        known = self._recent.get(key_id)
        if known is not None:
            return known
        round_ = self._recent.round
        row = await self._store.row("access_key", id=key_id)
        if row is None:
            return None
        key = record(AccessKey, row)
        caller = await self._accounts.caller(key.user_id, "signature")
        if caller is None:
            return None
        signer = Signer(self._vault.unseal_text(key.secret, _context(key.id)), caller)
        self._recent.keep(key_id, signer, looked_up_in=round_)
        return signer

    async def of_user(self, user_id: str) -> list[AccessKey]:
        """Return the keys of a user, oldest first."""
        return [record(AccessKey, row) for row in await self._store.rows("access_keys_of_user", user_id=user_id)]

    async def add(self, user_id: str, *, description: str = "") -> NewKey:
        """Make a key for a user; its secret is never shown again. Raises `AccountNotFound` for an unknown user."""
        key = new_key(self._ids)
        now = self._clock.now()
        add = add_access_key(self._vault, key, user_id, now, description=description)
        try:
            await self._store.commit(Change((Statement("touch_user", {"id": user_id, "now": now}), add)))
        except Missed:
            raise AccountNotFound("user", user_id) from None
        return key

    async def remove(self, user_id: str, key_id: str) -> None:
        """Remove a user's key; raise `AccountNotFound` when the user has no such key."""
        remove = Statement("remove_access_key", {"id": key_id, "user_id": user_id})
        try:
            await self._store.commit(Change((remove,), (IDENTITY_TOPIC,)))
        except Missed:
            raise AccountNotFound("access key", key_id) from None

    def forget(self) -> None:
        """Look every key up again before it is believed."""
        self._recent.forget_all()


def _context(key_id: str) -> str:
    return f"access-key:{key_id}"
