"""TLS in front of HTTP: contexts made from PEM, and the one a client gets by the name it asks for."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from homeport.model.causes import Cause, failed

_STRICT: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"


@lru_cache(maxsize=256)
def context_of(pem: str, name: str) -> ssl.SSLContext:
    """Return what shows a certificate: PEM of the chain, the server's own first, and of its key.

    Raises:
        TaskFailed: it is none, or the key is not the certificate's (`certificate-unusable`).
    """
    context = _bare(strict=False)
    # The ssl module reads files alone; this one has no name and is gone with its descriptor.
    descriptor = os.memfd_create("certificate", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(pem.encode())
        context.load_cert_chain(f"/proc/self/fd/{descriptor}", password=_no_password)
    except (OSError, ValueError) as error:
        what = f"certificate {name} cannot be used: {getattr(error, 'reason', None) or error}"
        raise failed(Cause.CERTIFICATE_UNUSABLE, what) from error
    finally:
        os.close(descriptor)
    return context


class Shown:
    """The certificates of one port, which may change between any two connections."""

    def __init__(self, *, strict: bool) -> None:
        """`strict` leaves only ciphers with forward secrecy and authenticated encryption."""
        self.context = _bare(strict=strict)
        self.context.set_alpn_protocols(["http/1.1"])
        self.context.sni_callback = self._choose
        self._by_host: dict[str, ssl.SSLContext] = {}
        self._first: ssl.SSLContext | None = None

    def show(self, by_host: Iterable[tuple[str, ssl.SSLContext]]) -> None:
        """Show these: by host name, `*.` names among them; who asks for none of them gets the first."""
        self._by_host = {}
        for host, context in by_host:
            self._by_host.setdefault(host, context)
        self._first = next(iter(self._by_host.values()), None)

    def _choose(self, connection: Any, host: str | None, _: ssl.SSLContext) -> None:
        host = (host or "").lower()
        found = self._by_host.get(host) or self._by_host.get(f"*.{host.partition('.')[2]}") or self._first
        if found is not None:
            connection.context = found


def _bare(*, strict: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if strict:
        context.set_ciphers(_STRICT)
    return context


def _no_password() -> str:
    raise ValueError("its key is encrypted; Homeport has no password for it")
