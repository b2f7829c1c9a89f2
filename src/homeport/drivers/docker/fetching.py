"""The requests of HTTP probes, by the client that the Engine is asked with anyway."""

from __future__ import annotations

from collections.abc import Mapping

import httpx2

from homeport.drivers.probes import Unanswered


async def fetch(url: str, headers: Mapping[str, str]) -> int:
    """Return the status that a GET is answered with (`drivers.probes.Fetch`)."""
    try:
        async with (
            # The limit is the probe's own.
            httpx2.AsyncClient(verify=False, trust_env=False, timeout=None) as client,
            client.stream("GET", url, headers={**headers, "Connection": "close"}) as response,
        ):
            return response.status_code
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        raise Unanswered(str(error) or type(error).__name__) from error
