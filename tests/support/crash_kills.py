"""Random deaths under a load of clients, and the check of everything that was seen and is stored afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from homeport.api import codes
from support.crash_check import summary, violations
from support.crash_house import GRACE_SECONDS, LEASE_SECONDS, House
from support.crash_load import LONGEST_SCRIPT, PlainClient, SdkClient, load
from support.crash_record import Query, Record, postgres_query, sqlite_query, stored
from support.crash_streams import StreamClient
from support.nursery import ForkedServer
from support.server import Server, wait_for
from support.shop import Cart, Shop

SEED: Final = "CRASH_SEED"
"""Variable that names the seed of a run; drawn anew without it."""

KILLS: Final = 30
"""In one round; nothing is under way when a round is checked."""

COMPONENTS: Final = 6

KINDS: Final = (SdkClient, PlainClient, SdkClient, PlainClient, StreamClient)
"""The clients of every run."""

DOCUMENTED: Final = frozenset(
    {
        *((one.status, one.text) for one in vars(codes).values() if isinstance(one, codes.Code)),
        (404, codes.RESOURCE_UNKNOWN.text),
    }
)
"""Statuses and codes that the reference tells of."""


class Scene:
    """What dies and comes back, and what clients find there."""

    servers: Sequence[Server]
    """Those that clients ask."""

    sources: Sequence[str] = ()
    """What components are upgraded to; without any to the image that they have."""

    longest = LONGEST_SCRIPT
    """Seconds that a job of these clients takes at most while nobody dies."""

    def query(self) -> Query:
        """Return what reads its database."""
        raise NotImplementedError

    def kill(self, random: Random, record: Record) -> str:
        """Let something die, start again what has to be, and return in words what it was."""
        raise NotImplementedError

    def whole(self) -> None:
        """Return when everything runs."""
        raise NotImplementedError

    def carts(self, shop: Shop) -> list[Cart]:
        """Deploy the components that clients act on."""
        return [shop.deployed("nginx:1", kind="image", runtime="Docker", name=f"cart-{n}") for n in range(COMPONENTS)]

    def faults(self, carts: Sequence[Cart]) -> list[str]:
        """Return what is not on the machine as it is stored, now that no job is under way."""
        return []


class OneEngine(Scene):
    """`homeport serve` over SQLite: it dies and is started again."""

    def __init__(self, engine: ForkedServer) -> None:
        self._engine = engine
        self.servers = [engine]

    def query(self) -> Query:
        """Return what reads its database."""
        return sqlite_query(self._engine.data_dir)

    def kill(self, random: Random, record: Record) -> str:
        """Let the engine die while it works, and start it again."""
        record.wait_for_answers(random.randint(1, 12))
        time.sleep(random.random() * 0.1)  # waits: the moment of a death is drawn
        self._engine.kill()
        self._engine.start()
        return "serve"

    def whole(self) -> None:
        """Return when the engine runs."""
        if not self._engine.runs:
            self._engine.bury()
            self._engine.start()


class ManyProcesses(Scene):
    """Three workers and two APIs over PostgreSQL, any of which may die, the database too."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.servers = house.apis

    def query(self) -> Query:
        """Return what reads the database."""
        return postgres_query(self._house.store)

    def kill(self, random: Random, record: Record) -> str:
        """Let one die; of the processes at most two are gone at a time, so that the others have to do its work."""
        record.wait_for_answers(random.randint(1, 12))
        time.sleep(random.random() * 0.1)  # waits: the moment of a death is drawn
        what = random.choice(["process"] * 8 + ["restart", "crash"])
        if what != "process":
            self._house.cluster.restart(signal.SIGINT if what == "restart" else signal.SIGQUIT)
            return f"PostgreSQL ({what})"
        alive = [one for one in self._house.processes if one.runs]
        victim = random.choice(alive)
        victim.kill()
        if len(alive) < len(self._house.processes):
            self._house.revive()
        return victim.data_dir.name

    def whole(self) -> None:
        """Return when everything runs."""
        self._house.revive()


Happening = Callable[[Record, Random], Sequence[str]]
"""Lets something happen to an engine under load, and returns in words what it was."""


def run_rounds(scene: Scene, rounds: int, command: str) -> None:
    """Let random deaths happen in so many rounds, each of which is checked; nothing may be lost, stuck or doubled.

    Raises:
        AssertionError: a promise was broken; the text says which, and how to run the same again.
    """

    def deaths(record: Record, draw: Random) -> list[str]:
        return [scene.kill(draw, record) for _ in range(KILLS)]

    run_checked(scene, [deaths] * rounds, command)


def run_checked(scene: Scene, happenings: Sequence[Happening], command: str) -> None:
    """Let one thing after the other happen under a load of clients, and check each time what they saw.

    Raises:
        AssertionError: a promise was broken; the text says which, and how to run the same again.
    """
    seed = int(os.environ.get(SEED, "0")) or random.randrange(1, 2**31)
    again = f"{SEED}={seed} {command}"
    try:
        shop = Shop(scene.servers[0])
        carts = scene.carts(shop)
        for number, happening in enumerate(happenings):
            sys.stdout.write(f"{_checked(scene, seed + number, carts, happening)}\n")
    except BaseException as error:
        error.add_note(f"Run it again with: {again}")
        raise


def _checked(scene: Scene, seed: int, carts: Sequence[Cart], happening: Happening) -> str:
    record = Record(known=frozenset(stored(scene.query()).jobs))
    with load(record, seed, scene.servers, carts, KINDS, scene.sources) as running:
        happened = happening(record, Random(seed))
        scene.whole()
        record.wait_for_answers(10)
    _settle(scene)
    for client in running.clients:
        client.show_all(sorted(record.accepted))
        client.close()
    now = stored(scene.query())
    said = f"seed {seed}: {summary(record, now)}, errors {sorted(record.refusals)}; {_counted(happened)}"
    broken = violations(record, now) + scene.faults(carts)
    broken += [f"P11: an answer was {error}" for error in sorted(record.refusals) if error not in DOCUMENTED]
    assert not broken, "\n".join([said, *broken[:20]])
    return said


def _counted(happened: Sequence[str]) -> str:
    return ", ".join(f"{what} {times} times" for what, times in sorted(Counter(happened).items()))


def _settle(scene: Scene) -> None:
    """Wait until no job is under way, as long as promise P5 and the slowest script allow; the check tells of others."""
    query = scene.query()
    text = "SELECT id FROM job WHERE waiting_since IS NOT NULL"
    # What is stuck is told in the same words as everything else.
    with contextlib.suppress(AssertionError):
        wait_for(lambda: not query(text), LEASE_SECONDS + GRACE_SECONDS + scene.longest, "the end of every job")
