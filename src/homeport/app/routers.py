"""Which front does the work: haproxy where the setting `router` and the machine have it, else the embedded one."""

from __future__ import annotations

from homeport.log_setup import get_logger
from homeport.routing.haproxy.installed import find_haproxy
from homeport.settings import Settings

_log = get_logger()


class RouterMissing(Exception):  # noqa: N818 - said of the router
    """The router that the setting asks for cannot be had; the text says what to do."""


async def haproxy_of(settings: Settings) -> str:
    """Return the path of the haproxy that shall do the front's work; empty for the embedded front.

    Raises:
        RouterMissing: the setting asks for haproxy, and there is none, or one that is too old.
    """
    if settings.router == "embedded":
        return ""
    found = await find_haproxy()
    why = found.shortcoming
    if why and settings.router == "haproxy":
        raise RouterMissing(f"setting router is haproxy, but {why}; or choose router embedded, which needs nothing")
    chosen = "" if why else found.program
    _log.info("router.chosen", router=chosen or "embedded", reason=why or None)
    return chosen
