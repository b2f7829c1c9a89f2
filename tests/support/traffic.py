"""Traffic as real clients make it: several keep-alive connections, each asking again and again, each answer judged.

What counts as a failure is whatever a client would notice: no connection, a connection that breaks, a status that is
not 200, an answer to another request than the one that was sent, or a version that may not be there any more.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

_SECONDS: Final = 20.0
"""How long one request may take before it has failed."""

_PAUSE_SECONDS: Final = 0.01
"""Between two requests of a client, so that the machine is not busy with the traffic alone."""

_ROUNDS: Final = 2
"""So many requests of each client make sure that an answer was not under way before."""


class Answer(NamedTuple):
    """One request that was answered as it should be: when it was sent, and by which version."""

    sent_at: float
    version: str


class Traffic:
    """Clients of one address. Everything they saw stays readable when they have stopped."""

    def __init__(self, url: str, clients: int) -> None:
        parts = urlsplit(url)
        self._where = (str(parts.hostname), int(parts.port or 80))
        self._stop = threading.Event()
        self._answered = threading.Condition()
        self._answers: list[list[Answer]] = [[] for _ in range(clients)]
        self.failures: list[str] = []
        """What went wrong, in words, in the order in which it was seen."""
        self._threads = [threading.Thread(target=self._ask, args=(client,)) for client in range(clients)]

    def start(self) -> None:
        """Begin; return when every client has had an answer."""
        for thread in self._threads:
            thread.start()
        self.settle()

    def stop(self) -> None:
        """Stop all clients; what they have sent is answered first."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def requests(self) -> int:
        """How many requests were answered as they should be."""
        return sum(map(len, self._answers))

    def settle(self) -> frozenset[str]:
        """Wait until every client has had answers to requests sent from now on; return the versions that gave them."""
        begin = time.monotonic()
        with self._answered:
            done = self._answered.wait_for(lambda: self.failures or self._all_answered(begin), _SECONDS * 2)
        assert done, "the traffic has come to a standstill"
        return frozenset(one.version for answers in self._answers for one in answers if one.sent_at >= begin)

    def _all_answered(self, begin: float) -> bool:
        return all(len(answers) >= _ROUNDS and answers[-_ROUNDS].sent_at >= begin for answers in self._answers)

    def _ask(self, client: int) -> None:
        connection = http.client.HTTPConnection(*self._where, timeout=_SECONDS)
        try:
            for number in count():
                if self._stop.is_set():
                    return
                self._ask_once(connection, client, number)
                time.sleep(_PAUSE_SECONDS)  # waits: as a client thinks between two requests
        finally:
            connection.close()

    def _ask_once(self, connection: http.client.HTTPConnection, client: int, number: int) -> None:
        sent_at = time.monotonic()
        word = f"{client}/{number}"
        try:
            version = _asked(connection, word, slow=number % 7 == client)
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            self._note_failure(f"request {word}: {type(error).__name__}: {error}")
            connection.close()
        else:
            with self._answered:
                self._answers[client].append(Answer(sent_at, version))
                self._answered.notify_all()

    def _note_failure(self, words: str) -> None:
        with self._answered:
            self.failures.append(words)
            self._answered.notify_all()


def _asked(connection: http.client.HTTPConnection, word: str, *, slow: bool) -> str:
    """Ask once and return the version that answered; some requests are slow ones, the rest carry a body."""
    if slow:
        connection.request("GET", "/slow")
    else:
        connection.request("POST", f"/{word}", body=word)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise ValueError(f"status {response.status}: {body[:200]!r}")
    answer: dict[str, Any] = json.loads(body)
    expected = ("/slow", "") if slow else (f"/{word}", word)
    if (answer["query"], answer["body"]) != expected:
        raise ValueError(f"an answer to another request: {answer}")
    return str(answer["version"])


@contextmanager
def traffic(url: str, *, clients: int = 4) -> Iterator[Traffic]:
    """Let clients ask an address while the block runs; at its end none of their requests may have failed."""
    running = Traffic(url, clients)
    try:
        running.start()
        yield running
    finally:
        running.stop()
    assert running.failures == []
