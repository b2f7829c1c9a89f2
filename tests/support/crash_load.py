"""Clients that go on whatever dies: some with the official SDK, some with plain HTTP, all of them noting what they see.

Each draws from a seed of its own, so that a run can be asked for again; what the machine makes of it differs.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from random import Random
from typing import Any, Final, NamedTuple

import httpx2
from huaweicloudsdkcae import v1 as cae
from huaweicloudsdkcore.exceptions.exceptions import SdkException, ServiceResponseException

from support.answers import Heard, listening
from support.crash_record import UNANSWERED, Asked, Listed, Read, Record, Spanning
from support.server import PROJECT, Server
from support.shop import ENDED, Cart

ACTIONS: Final = ("upgrade", "upgrade", "restart", "scale", "stop", "start", "configure", "deploy", "rollback")
SCRIPTS: Final = (
    "",
    "",
    "",
    "ready=60ms",
    "pull=60ms",
    "ready=300ms",
    "pull=1s",
    "pull=40ms,fail:image-missing",
    "ready=crash",
    "ready=crash",
)
LONGEST_SCRIPT: Final = 5.0
"""Seconds after which no script keeps a job any more: a crash loop is found, undone and told by then."""

_PAUSE: Final = 0.02
_UNKNOWN_OUTCOMES: Final = frozenset({"CAE.01500002", "HOMEPORT.0503"})
"""Codes by which the engine says that it failed: what was asked for may have been done."""
_EVENTS_A_LIST: Final = 1_000


class Answer(NamedTuple):
    """Status, ETag and body of an answer; status UNANSWERED without one."""

    status: int
    sequence: int = 0
    body: Any = None

    @property
    def unsure(self) -> bool:
        """Whether nobody can tell if it was carried out."""
        return self.status == UNANSWERED or (self.status >= 500 and self.code in _UNKNOWN_OUTCOMES)

    @property
    def code(self) -> str:
        """Error code; empty for a good answer."""
        return str(self.body.get("error_code", "")) if isinstance(self.body, dict) else ""


class Order(NamedTuple):
    """A request that changes something, to be sent under its key until somebody says what has become of it."""

    what: str
    target: str
    path: str
    body: Mapping[str, Any] | None
    key: str


class Client:
    """One client: it acts on its components, which others act on too, and remembers the jobs it has seen."""

    def __init__(
        self,
        name: str,
        seed: int,
        record: Record,
        servers: Sequence[Server],
        carts: Sequence[Cart],
        token: str,
        sources: Sequence[str],
    ) -> None:
        """`sources` are the packages that upgrades are of; without any they are of the image that there is."""
        self.name = name
        self.token = token
        self.random = Random(seed)
        self.record = record
        self._http = httpx2.Client(timeout=30, verify=False)
        self._servers = list(servers)
        self._carts = list(carts)
        self._sources = sources
        self._jobs: dict[str, tuple[str, int]] = {}
        """Status and newest event that it has seen of each job, by id; the job's environment is the carts' own."""
        self._unsure: Order | None = None
        """What it has asked for and does not know the outcome of."""
        self._taken: Order | None = None
        """The submission that was accepted last."""
        self._keys = count(1)

    # How a request is made: the two kinds of client differ in this alone.

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str = "") -> Answer:
        """Make a call in the environment of the components, under an Idempotency-Key, and return its answer."""
        raise NotImplementedError

    def step(self) -> None:
        """Do one thing: first of all find out what has become of the last one."""
        if self._unsure is not None:
            self._send(self._unsure)
            return
        active = [job_id for job_id, (status, _) in self._jobs.items() if status not in ENDED]
        draw = self.random.random()
        if len(active) < 2 and draw < 0.5:
            self._submit(self.random.choice(self._carts))
        elif active and draw < 0.08 + 0.5:
            self._terminate(self.random.choice(active))
        elif draw < 0.7 and self._jobs:
            self._list(self.random.choice(list(self._jobs)))
        elif active:
            self._show(self.random.choice(active))
        elif self._taken is not None and draw < 0.75:
            self._send(self._again(self._taken))
        elif self._jobs:
            self._retry(self.random.choice(list(self._jobs)[-4:]))

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def show_all(self, job_ids: Sequence[str]) -> None:
        """Read jobs one after the other."""
        for job_id in job_ids:
            self._show(job_id)

    def _submit(self, cart: Cart) -> None:
        body = _action(self.random.choice(ACTIONS), self.random, self._sources)
        path = f"/v1/{PROJECT}/cae/applications/{cart.shop.application_id}/components/{cart.id}/action"
        self._send(Order("submit", cart.id, path, body, self._key()))

    def _again(self, order: Order) -> Order:
        """Return an accepted submission as it was, or with another body under its key, which is to be refused."""
        other = self.random.random() < 0.5
        return order._replace(body=_action("restart", self.random)) if other else order

    def _key(self) -> str:
        return f"{self.name}-{next(self._keys)}-{self.random.getrandbits(64):x}"

    def _send(self, order: Order) -> None:
        answer, span = self._timed("POST", order.path, order.body, order.key)
        accepted = 200 <= answer.status < 300
        job_id = str(answer.body["job_id"]) if accepted and order.what == "submit" else ""
        status = UNANSWERED if answer.unsure else answer.status
        self.record.asked.append(
            Asked(span, order.what, order.target, status, job_id, order.key, json.dumps(order.body))
        )
        self._unsure = order if status == UNANSWERED else None
        if job_id and job_id not in self._jobs:
            self._jobs[job_id] = ("init", 0)
            self._taken = order
        elif accepted and order.what == "retry":
            self._jobs[order.target] = ("init", self._jobs[order.target][1])

    def _show(self, job_id: str) -> None:
        answer, span = self._timed("GET", f"/v1/{PROJECT}/cae/jobs/{job_id}")
        if answer.status == 200:
            self.record.reads.append(Read(span, job_id, answer.sequence, answer.body["spec"]))
            self._jobs[job_id] = (answer.body["spec"]["status"], answer.sequence)
        elif answer.status == 404:
            self.record.reads.append(Read(span, job_id, 0, {}))

    def _list(self, job_id: str) -> None:
        _, seen = self._jobs[job_id]
        after = self.random.choice((0, seen))
        answer, span = self._timed("GET", f"/homeport/v1/{PROJECT}/jobs/{job_id}/events?after={after}")
        if answer.status == 200 and len(answer.body["items"]) < _EVENTS_A_LIST:
            self.record.lists.append(Listed(span, job_id, after, answer.body["items"]))

    def _terminate(self, job_id: str) -> None:
        path = f"/homeport/v1/{PROJECT}/jobs/{job_id}/terminate"
        self._send(Order("terminate", job_id, path, None, self._key()))

    def _retry(self, job_id: str) -> None:
        self._send(Order("retry", job_id, f"/v1/{PROJECT}/cae/jobs/{job_id}", None, self._key()))

    def _timed(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str = ""
    ) -> tuple[Answer, Any]:
        spanning = Spanning(self.name)
        answer = self.call(method, path, body, key)
        span = spanning.over()
        if answer.status == UNANSWERED:
            # The next one is asked, as a client with two addresses would.
            self._servers.append(self._servers.pop(0))
            time.sleep(_PAUSE)  # waits: as a client does before it tries again
        else:
            self.record.answered()
            if answer.status >= 400:
                self.record.refusals.add((answer.status, answer.code))
        return answer, span

    @property
    def server(self) -> Server:
        """The one that is asked now."""
        return self._servers[0]

    @property
    def environment_id(self) -> str:
        """Of the components."""
        return self._carts[0].shop.environment_id

    def call_plainly(self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str = "") -> Answer:
        """Make a call by HTTP, with a token."""
        headers = {"X-Auth-Token": self.token, "X-Environment-ID": self.environment_id}
        if key:
            headers["Idempotency-Key"] = key
        try:
            answer = self._http.request(method, self.server.url + path, headers=headers, json=body)
        except httpx2.TransportError:
            return Answer(UNANSWERED)
        return _answer(answer.status_code, answer.headers, answer.content)


class PlainClient(Client):
    """Asks by HTTP."""

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str = "") -> Answer:
        """Make a call."""
        return self.call_plainly(method, path, body, key)


class SdkClient(Client):
    """Asks by the official SDK what that knows: actions, ShowJob, RetryJob; the rest by HTTP."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._sdks: dict[str, cae.CaeClient] = {}

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str = "") -> Answer:
        """Make a call."""
        sdk = self._sdks.setdefault(self.server.url, self.server.sdk())
        invoker = self._invoker(sdk, method, path, body)
        if invoker is None:
            return self.call_plainly(method, path, body, key)
        _heard.answer = None
        try:
            (invoker.add_header("Idempotency-Key", key) if key else invoker).invoke()
        except ServiceResponseException:
            return _last_heard()
        except (SdkException, OSError):
            return Answer(UNANSWERED)
        return _last_heard()

    def _invoker(self, sdk: cae.CaeClient, method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        """Return the SDK's own way to make a call; None for one that it does not know."""
        words = path.split("/")
        if words[1] != "v1":
            return None
        if body is not None:
            where = {"x_environment_id": self.environment_id, "application_id": words[5], "component_id": words[7]}
            return sdk.execute_action_invoker(cae.ExecuteActionRequest(**where, body=body))
        which = {"job_id": words[5], "x_environment_id": self.environment_id}
        if method == "GET":
            return sdk.show_job_invoker(cae.ShowJobRequest(**which))
        return sdk.retry_job_invoker(cae.RetryJobRequest(**which))


_heard = threading.local()
"""What the SDK of each thread was answered last: its objects do not have the ETag."""


def _hear(heard: Heard) -> None:
    _heard.answer = heard


def _last_heard() -> Answer:
    heard: Heard | None = _heard.answer
    return Answer(UNANSWERED) if heard is None else _answer(heard.status, heard.headers, heard.body)


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    tag = headers.get("ETag", "").strip('"')
    try:
        told = json.loads(body) if body else None
    except ValueError:
        # No answer of ours looks so: it is told as an error without a code.
        told = {}
    return Answer(status, int(tag) if tag.isdigit() else 0, told)


def _action(action: str, random: Random, sources: Sequence[str] = ()) -> dict[str, Any]:
    metadata = {"name": action, "annotations": {"homeport/script": random.choice(SCRIPTS)}}
    body: dict[str, Any] = {"api_version": "v1", "kind": "Action", "metadata": metadata}
    if action == "scale":
        body["spec"] = {"replica": random.randint(1, 4)}
    if action == "upgrade" and sources:
        body["spec"] = {"source": {"url": random.choice(sources)}}
    if action == "rollback":
        body["spec"] = {"snapshot_index": 1}
    return body


class Load:
    """Several clients at work, until they are told to stop."""

    def __init__(self, clients: Sequence[Client]) -> None:
        self.clients = clients
        self._stop = threading.Event()
        self._defects: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(one,), name=one.name) for one in clients]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop all of them, each after its request; raise the first defect of a client."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        for defect in self._defects:
            raise defect

    def _run(self, client: Client) -> None:
        try:
            while not self._stop.is_set():
                client.step()
                self._stop.wait(_PAUSE)
        except BaseException as defect:  # noqa: BLE001 - `stop` raises it
            self._defects.append(defect)
            client.close()


@contextmanager
def load(
    record: Record,
    seed: int,
    servers: Sequence[Server],
    carts: Sequence[Cart],
    kinds: Sequence[type[Client]],
    sources: Sequence[str] = (),
) -> Iterator[Load]:
    """Let clients of these kinds act on components until the end of the block, and upgrade them to these sources.

    Whoever uses them afterwards closes them.
    """
    token = servers[0].token()
    clients = []
    for number, kind in enumerate(kinds):
        mine = [carts[(number + step) % len(carts)] for step in range(2)]
        turned = list(servers[number % len(servers) :]) + list(servers[: number % len(servers)])
        clients.append(kind(f"client-{number}", seed * 10 + number, record, turned, mine, token, sources))
    running = Load(clients)
    with listening(_hear):
        running.start()
        try:
            yield running
        finally:
            running.stop()
