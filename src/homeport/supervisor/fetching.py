"""The requests of HTTP probes, by the client that the front uses anyway."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp

from homeport.drivers.probes import Unanswered


async def fetch(url: str, headers: Mapping[str, str]) -> int:
    """Return the status that a GET is answered with (`drivers.probes.Fetch`)."""
    connector = aiohttp.TCPConnector(ssl=False, force_close=True)
    try:
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.get(url, headers=headers, allow_redirects=False) as response,
        ):
            return response.status
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise Unanswered(str(error) or type(error).__name__) from error
