"""The parts of identity, put together over one store."""

from __future__ import annotations

from contextlib import ExitStack

import msgspec

from homeport.identity.access_keys import AccessKeys
from homeport.identity.accounts import IDENTITY_TOPIC, Accounts
from homeport.identity.logins import Logins
from homeport.identity.passwords import Passwords
from homeport.identity.tokens import Tokens
from homeport.identity.vault import Vault
from homeport.model.clock import Clock
from homeport.model.ids import Ids
from homeport.store.base import Store


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that knows who is calling. Whoever opened it closes it."""

    accounts: Accounts
    keys: AccessKeys
    tokens: Tokens
    passwords: Passwords
    logins: Logins
    closing: ExitStack

    def close(self) -> None:
        """Stop listening to the store, and hash no more passwords; the store itself stays open."""
        self.closing.close()


def open_identity(store: Store, vault: Vault, clock: Clock, ids: Ids) -> Identity:
    """Return the parts of identity over a store.

    They remember what they looked up, and forget all of it when any process signals that an account has changed.
    """
    accounts = Accounts(store, clock, ids)
    keys = AccessKeys(store, clock, ids, vault, accounts)
    tokens = Tokens(store, clock, ids, accounts)
    passwords = Passwords()

    def forget() -> None:
        keys.forget()
        tokens.forget()

    closing = ExitStack()
    closing.callback(passwords.close)
    closing.enter_context(store.watch(IDENTITY_TOPIC)).on_signal(forget)
    return Identity(
        accounts=accounts,
        keys=keys,
        tokens=tokens,
        passwords=passwords,
        logins=Logins(accounts, passwords, clock),
        closing=closing,
    )
