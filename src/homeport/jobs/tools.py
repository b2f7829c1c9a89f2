"""What the engine works with, handed to it as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from homeport.drivers.base import Driver
from homeport.identity.vault import Vault
from homeport.model.clock import SECOND, Clock
from homeport.model.ids import Ids
from homeport.model.plans import UNDO_LIMIT
from homeport.routing.base import Router
from homeport.services.context import Context
from homeport.services.custom_metrics import OwnReadings, Readings
from homeport.store.base import Store


class EngineRules(msgspec.Struct, frozen=True, kw_only=True):
    """Choices of whoever runs the engine; `settings.py` says what each is for. Times are microseconds."""

    lease: int = 15 * SECOND
    """How long a worker is believed alive after its last heartbeat."""
    poll: int = 5 * SECOND
    """How often the engine looks for work that no signal told of."""
    slots: int = 64
    """How many jobs one worker runs at a time."""
    undo_limit: int = UNDO_LIMIT
    min_ready: int = 1 * SECOND
    """How long an instance has to stay ready before it gets traffic; a crash loop shows in this time."""
    ready_limit: int = 60 * SECOND
    """How long a program without a startup probe may take until its port accepts."""
    drain: int = 10 * SECOND
    """How long requests under way at an instance that is going to stop may take."""
    snapshots_kept: int = 20
    """Snapshots a component keeps, the one that serves included."""
    scaling_period: int = 15 * SECOND
    """How often the load of components with a scaling rule is looked at."""
    metrics_period: int = 15 * SECOND
    """How often instances are asked for the metrics that they tell of themselves."""


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """The engine's parts: one store, the drivers of its nodes, the router in front of the instances."""

    context: Context
    drivers: Mapping[str, Driver]
    routers: Mapping[str, Router]
    """By driver; a driver without one has no addresses (`simulated`)."""
    rules: EngineRules
    readings: Readings = msgspec.field(default_factory=OwnReadings)
    """What instances tell of themselves."""
    crash: Callable[[str], None]
    """Called with a name at every commit that matters; does nothing unless a test has set a crash point."""

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.context.store

    @property
    def clock(self) -> Clock:
        """Time."""
        return self.context.clock

    @property
    def ids(self) -> Ids:
        """Where new names come from."""
        return self.context.ids

    @property
    def vault(self) -> Vault:
        """What seals and unseals secrets."""
        return self.context.vault
