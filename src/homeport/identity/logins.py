"""Logins by password: checked in constant effort, limited by address, and never a lock on the user."""

from __future__ import annotations

from homeport.identity.accounts import Accounts
from homeport.identity.attempts import PASSWORD_LIMIT, Attempts
from homeport.identity.passwords import Passwords
from homeport.identity.records import User
from homeport.model.clock import Clock
from homeport.model.errors import TooManyAttempts, Unauthenticated


class Logins:
    """Tells who somebody is by their password."""

    def __init__(self, accounts: Accounts, passwords: Passwords, clock: Clock) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._attempts = Attempts(clock, PASSWORD_LIMIT)

    async def check(self, user: User | None, password: str, address: str) -> User:
        """Return `user` when this is their password; None stands for a name that nobody has.

        A hash of an older rule is made anew on the way.

        Raises:
            Unauthenticated: it is not, or there is no such user: the two look and take the same.
            TooManyAttempts: this address failed too often within a minute; the password was not looked at.
            Unavailable: too many logins are under way.
        """
        wait = self._attempts.wait(address)
        if wait:
            raise TooManyAttempts(wait)
        verdict = await self._passwords.verify(user.password if user else None, password)
        if user is None or not verdict.fits:
            self._attempts.failed(address)
            raise Unauthenticated("the user name or password is wrong")
        if verdict.outdated:
            await self._accounts.renew_password_hash(user, await self._passwords.hash(password))
        return user
