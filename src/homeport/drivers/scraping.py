"""Asking an instance for the metrics that it tells of itself."""

from __future__ import annotations

import asyncio
from typing import Final

import httpx2

LARGEST_PAGE: Final = 1024 * 1024
"""Bytes of an answer that are taken."""

_HEADERS: Final = {
    "User-Agent": "homeport-metrics",
    "Accept": "text/plain;version=0.0.4",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


class NotTold(Exception):  # noqa: N818 - said of the instance
    """An instance gave no answer that can be used; the text says why."""


async def told_by(host: str, port: int, path: str, within: float) -> str:
    """Return what an instance answers, within so many seconds; no redirect is taken.

    Raises:
        NotTold: it does not answer, or not 200, or with too much.
    """
    way = f"GET {path} on port {port}"
    body = bytearray()
    try:
        async with (
            asyncio.timeout(within),
            httpx2.AsyncClient(verify=False, trust_env=False, timeout=None) as client,
            client.stream("GET", f"http://{host}:{port}{path}", headers=_HEADERS) as response,
        ):
            if response.status_code != httpx2.codes.OK:
                raise NotTold(f"{way} answered {response.status_code}")
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > LARGEST_PAGE:
                    raise NotTold(f"{way} answered more than {LARGEST_PAGE} bytes")
    except TimeoutError as error:
        raise NotTold(f"{way}: no answer within {within:g} s") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        raise NotTold(f"{way}: {str(error) or type(error).__name__}") from error
    return body.decode(errors="replace")
