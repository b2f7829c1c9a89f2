"""Finds out who is calling, by a token or by a signature; where a request has both, the signature counts.

The reasons are the gateway's own words (contract/errors.md, section 3), with what can be mended behind them. Wrong
credentials are limited by address, but good ones are always let in: nobody can lock another one out.
"""

from __future__ import annotations

from homeport.api.calls import Call
from homeport.identity.attempts import CREDENTIAL_LIMIT, Attempts
from homeport.identity.parts import Identity
from homeport.identity.signature import Refusal, SignedRequest, carries_signature, check, read_claim
from homeport.model.caller import Caller
from homeport.model.clock import Clock
from homeport.model.errors import TooManyAttempts, Unauthenticated


class IdentityAuthenticator:
    """An `Authenticator` over the accounts of the store."""

    def __init__(self, identity: Identity, clock: Clock) -> None:
        self._tokens = identity.tokens
        self._keys = identity.keys
        self._clock = clock
        self._attempts = Attempts(clock, CREDENTIAL_LIMIT)

    def cached(self, call: Call) -> Caller | None:
        """Return the caller of a token that was seen lately; None where the request may be signed."""
        token = call.headers.get(b"x-auth-token")
        if token is None or b"authorization" in call.headers:
            return None
        return self._tokens.known(token)

    async def authenticate(self, call: Call) -> Caller:
        """Return the caller.

        Raises:
            Unauthenticated: there are no credentials, or wrong ones.
            TokenExpired: the token was good once.
            TooManyAttempts: the credentials are wrong, like too many from this address within a minute.
        """
        try:
            if carries_signature(call.header_lines):
                return await self._by_signature(call)
            return await self._by_token(call)
        except _Wrong as wrong:
            self._attempts.failed(call.client)
            wait = self._attempts.wait(call.client)
            raise TooManyAttempts(wait) if wait else Unauthenticated(wrong.reason) from None

    async def _by_token(self, call: Call) -> Caller:
        token = call.headers.get(b"x-auth-token", b"").strip()
        if not token:
            raise Unauthenticated(
                "x-auth-token not found; send the header X-Auth-Token, or sign the request with an access key"
            )
        caller = await self._tokens.caller(token)
        if caller is None:
            raise _Wrong("decrypt token fail; ask for a new token at POST /v3/auth/tokens")
        return caller

    async def _by_signature(self, call: Call) -> Caller:
        claim = read_claim(call.header_lines, self._clock.now())
        if isinstance(claim, Refusal):
            raise Unauthenticated(str(claim))
        signer = await self._keys.signer(claim.access_key)
        if signer is None:
            raise _Wrong(f"Get secretKey failed,ak:{claim.access_key},err:ak not exist")
        request = SignedRequest(
            method=call.method, path=call.raw_path, query=call.query_string, headers=call.header_lines, body=call.body
        )
        refusal = check(request, claim, signer.secret)
        if refusal is not None:
            raise _Wrong(str(refusal))
        return signer.caller


class _Wrong(Exception):  # noqa: N818 - never leaves this module
    """Credentials that somebody may have guessed at."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
