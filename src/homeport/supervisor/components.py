"""What the supervisor remembers of each component: the highest fence it has seen, and the route.

It is written down, so that a supervisor that was killed refuses what its predecessor would have refused.
"""

from __future__ import annotations

import contextlib
import logging

import msgspec

from homeport.drivers.process.layout import Layout, write_whole
from homeport.model.causes import Cause, failed
from homeport.routing.front_client import SetRoute

_log = logging.getLogger(__name__)


class Component(msgspec.Struct, frozen=True, kw_only=True):
    """A component's highest fence, and its route if it has one."""

    fence: int = 0
    route: SetRoute | None = None


class Components:
    """The components of one data folder, in memory and in files."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[str, Component] = {}

    def load(self) -> None:
        """Read what an earlier supervisor wrote down; a file that cannot be read is reported and left out."""
        for file in self._layout.components.glob("*.json"):
            try:
                self._known[file.stem] = msgspec.json.decode(file.read_bytes(), type=Component)
            except msgspec.DecodeError as error:
                _log.warning("what was known of component %s is lost: %s", file.stem, error)

    def fence(self, component_id: str) -> int:
        """Return the highest fence seen for a component, 0 when none was."""
        return self._known.get(component_id, Component()).fence

    def admit(self, component_id: str, fence: int) -> None:
        """Let a call of this fence pass and remember it.

        Raises:
            TaskFailed: a higher fence was seen (`internal`): the caller is a worker that was given up for dead.
        """
        known = self._known.get(component_id, Component())
        if fence < known.fence:
            what = f"a call of fence {fence} for component {component_id} comes too late: fence {known.fence} was seen"
            raise failed(Cause.INTERNAL, what)
        if fence > known.fence:
            self._write(component_id, msgspec.structs.replace(known, fence=fence))

    def routes(self) -> list[SetRoute]:
        """Return the routes there are."""
        return [known.route for known in self._known.values() if known.route is not None]

    def route(self, component_id: str) -> SetRoute | None:
        """Return a component's route; None when it has none."""
        return self._known.get(component_id, Component()).route

    def set_route(self, component_id: str, route: SetRoute | None) -> None:
        """Remember a component's route, or that it has none."""
        known = self._known.get(component_id, Component())
        if known.route != route:
            self._write(component_id, msgspec.structs.replace(known, route=route))

    def forget(self, component_id: str) -> None:
        """Forget a component that is deleted; as long as this supervisor lives a late call for it is refused still."""
        self._known[component_id] = Component(fence=self.fence(component_id))
        with contextlib.suppress(FileNotFoundError):
            self._layout.component(component_id).unlink()

    def _write(self, component_id: str, component: Component) -> None:
        self._known[component_id] = component
        write_whole(self._layout.component(component_id), msgspec.json.encode(component))
