"""Engines whose instances are programs: they die, and supervisors do, and what runs is held against the store."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from support.crash_house import House
from support.crash_kills import ManyProcesses, OneEngine, Scene
from support.crash_record import Record
from support.machine import known, programs, programs_of, supervisor
from support.nursery import ForkedServer
from support.packages import package
from support.server import wait_for
from support.shop import Cart, Shop

_COMPONENTS: Final = 4
_SUPERVISOR_DIES: Final = 0.25
"""The part of the deaths that are a supervisor's."""
_TIDY_SECONDS: Final = 30.0
"""Seconds after which what is left over has been ended, and what is missing replaced."""


class _WithPrograms(Scene):
    """What a scene does whose instances are programs; `homes` are the processes that have a supervisor."""

    longest = 30.0

    def __init__(self, scene: Any, homes: Sequence[ForkedServer], folder: Path) -> None:
        """`scene` is what the scene is made of without programs; packages are put into `folder`."""
        super().__init__(scene)
        self._homes = homes
        self._folder = folder
        self.sources = (
            *(package(folder, f"{number}.0.0") for number in (2, 3, 4)),
            package(folder, "5.0.0", build_sh="echo it takes a while; sleep 1"),
            package(folder, "6.0.0", build_sh="exit 3"),
            package(folder, "7.0.0", "crashes"),
        )

    def carts(self, shop: Shop) -> list[Cart]:
        """Deploy the components that clients act on."""
        first = package(self._folder, "1.0.0")
        return [shop.deployed(first, name=f"cart-{number}") for number in range(_COMPONENTS)]

    def kill(self, random: Random, record: Record) -> str:
        """Let a supervisor die, which is started again by who needs it; or what dies without programs, too."""
        home = random.choice(self._homes)
        dies = home.runs and random.random() < _SUPERVISOR_DIES
        running = supervisor(home.data_dir) if dies else None
        if running is None:
            return super().kill(random, record)
        record.wait_for_answers(random.randint(1, 12))
        # It may have died since with its engine; then nothing is left to be killed.
        with contextlib.suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGKILL)
        return "supervisor"

    def faults(self, carts: Sequence[Cart]) -> list[str]:
        """Return what runs and should not, what should and does not, and who answers as another version."""
        found: list[str] = []

        def tidy() -> bool:
            found[:] = [*self._on_the_machine(carts), *self._for_users(carts)]
            return not found

        with contextlib.suppress(AssertionError):
            wait_for(tidy, _TIDY_SECONDS, "that what runs is what is stored")
        return found

    def _on_the_machine(self, carts: Sequence[Cart]) -> Iterator[str]:
        listed = sorted(str(one.name) for cart in carts for one in cart.instances())
        running = {home: known(home.data_dir) for home in self._homes}
        if listed != sorted(name for names in running.values() for name in names):
            yield f"P6: instances {listed} are stored, {list(running.values())} run"
        for home, names in running.items():
            expected = {pid for name in names for pid in programs_of(home.data_dir, name)}
            for pid, command in programs(home.data_dir).items():
                if pid not in expected:
                    yield f"P6: process {pid} is left: {command}"

    def _for_users(self, carts: Sequence[Cart]) -> Iterator[str]:
        for cart in carts:
            spec = cart.show()
            if spec.status == "paused":
                continue
            if (spec.status, spec.available_replica) != ("running", spec.replica):
                yield f"P5: {cart.name} is {spec.status}, {spec.available_replica} of {spec.replica} are available"
            elif self._came_through(cart) and f"app-{self._answered(cart)}-" not in spec.source.url:
                yield f"P9: {cart.name} answers as {self._answered(cart)}, and is stored as {spec.source.url}"

    def _came_through(self, cart: Cart) -> bool:
        """Tell whether the newest job succeeded: one that failed when only the new could serve has not recorded it."""
        [newest] = cart.shop.own("GET", f"/jobs?component_id={cart.id}&limit=1")["items"]
        return bool(newest["status"] == "success")

    def _answered(self, cart: Cart) -> str:
        try:
            return cart.version
        except (OSError, ValueError) as error:
            return f"{type(error).__name__}: {error}"


class EngineWithPrograms(_WithPrograms, OneEngine):
    """`homeport serve` with the driver `process`, and its supervisor."""

    def __init__(self, engine: ForkedServer, folder: Path) -> None:
        """Packages are put into `folder`."""
        super().__init__(engine, [engine], folder)


class HouseWithPrograms(_WithPrograms, ManyProcesses):
    """Workers, each with a supervisor and programs of its own, two APIs and PostgreSQL."""

    def __init__(self, house: House, folder: Path) -> None:
        """Packages are put into `folder`."""
        super().__init__(house, house.workers, folder)
