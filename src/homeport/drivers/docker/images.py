"""Images: which one a source names, whether it is here, and how it is brought here."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from typing import Final

import msgspec

from homeport.drivers.base import LogSink
from homeport.drivers.docker.containers import Image
from homeport.drivers.docker.engine import DockerEngine, EngineRefused
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.workloads import Access

_REFERENCE: Final = re.compile(
    r"(?P<name>[a-zA-Z0-9][a-zA-Z0-9._-]*(:[0-9]+)?(/[a-z0-9._-]+)*)"
    r"(:(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@(?P<digest>sha256:[0-9a-f]{64}))?"
)
_LATEST: Final = "latest"


class Reference(msgspec.Struct, frozen=True):
    """An image's reference: `registry/name:tag@digest`."""

    name: str
    tag: str
    digest: str

    @property
    def registry(self) -> str:
        """Host of the registry."""
        first, slash, _ = self.name.partition("/")
        return first if slash and ("." in first or ":" in first or first == "localhost") else "docker.io"

    @property
    def moves(self) -> bool:
        """Whether it names another image every now and then, so that having one is not enough."""
        return not self.digest and self.tag == _LATEST


def parse_reference(text: str) -> Reference:
    """Return a reference; without a tag `latest` is meant, as everywhere.

    Raises:
        TaskFailed: it is none (`image-missing`).
    """
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise failed(
            Cause.IMAGE_MISSING, f"{text!r} is no reference of an image, such as registry.example.org/shop:1.2"
        )
    return Reference(found["name"], found["tag"] or _LATEST, found["digest"] or "")


def pinned_of(image: Image, text: str) -> str:
    """Return the reference by which exactly this image can be had again from where `text` found it; empty if it cannot.

    The same image may have come from several registries.
    """
    repository = f"{parse_reference(text).name}@"
    return next((digest for digest in image.repo_digests or () if digest.startswith(repository)), "")


class Images:
    """The images of one Engine."""

    def __init__(self, engine: DockerEngine) -> None:
        self._engine = engine

    async def find(self, name: str) -> Image | None:
        """Return the image of an id or a reference; None where it is not here."""
        content = await self._engine.found(f"/images/{name}/json")
        return None if content is None else msgspec.json.decode(content, type=Image)

    async def bring(self, text: str, log: LogSink, access: Access | None) -> Image:
        """Return the image that a reference names, pulling it where it is not here, or may be a newer one by now.

        Its registry is asked with `access`, as anybody without it.

        One that was made on this machine and never came from a registry is not looked for in any.

        Raises:
            TaskFailed: there is none (`image-missing`), its registry refuses (`registry-refused`) or cannot be reached
                (`source-unreachable`), or the disk is full (`disk-full`).
        """
        reference = parse_reference(text)
        here = await self.find(text)
        if here is not None and not (reference.moves and here.repo_digests):
            await log(f"{text} is here already\n".encode())
            return here
        await self._pull(reference, text, log, access)
        here = await self.find(text)
        if here is None:
            raise failed(Cause.IMAGE_MISSING, f"image {text} was pulled and is not here")
        return here

    async def _pull(self, reference: Reference, text: str, log: LogSink, access: Access | None) -> None:
        params = {"fromImage": reference.name, "tag": reference.digest or reference.tag}
        headers = {}
        if access is not None:
            auth = {"username": access.username, "password": access.secret, "serveraddress": reference.registry}
            headers["X-Registry-Auth"] = base64.urlsafe_b64encode(msgspec.json.encode(auth)).decode()
        await log(f"pulling {text} from {reference.registry}\n".encode())
        try:
            async with self._engine.stream("POST", "/images/create", params=params, headers=headers) as pieces:
                await _Progress(text, log).follow(pieces)
        except EngineRefused as refusal:
            raise refused(text, refusal.message) from refusal


class _Layer(msgspec.Struct):
    """How far a layer is, in bytes."""

    current: int = 0
    total: int = 0


class _Message(msgspec.Struct, rename="camel"):
    """A line of what the Engine tells while it pulls."""

    status: str = ""
    id: str = ""
    progress_detail: _Layer | None = None
    error: str = ""


class _Progress:
    """Turns what the Engine tells of a pull into lines of a log: a line a step of a layer, a line ten percent."""

    def __init__(self, text: str, log: LogSink) -> None:
        self._text = text
        self._log = log
        self._steps: dict[str, str] = {}
        self._layers: dict[str, _Layer] = {}
        self._told = 0

    async def follow(self, pieces: AsyncIterator[bytes]) -> None:
        """Follow a pull to its end; raises `TaskFailed` when it does not end well."""
        rest = b""
        async for piece in pieces:
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                await self._take(line)
        await self._take(rest)

    async def _take(self, line: bytes) -> None:
        if not line.strip():
            return
        message = msgspec.json.decode(line, type=_Message)
        if message.error:
            raise refused(self._text, message.error)
        if message.status == "Downloading" and message.progress_detail is not None:
            self._layers[message.id] = message.progress_detail
            await self._tell_share()
        if message.status and self._steps.get(message.id) != message.status:
            self._steps[message.id] = message.status
            who = f"{message.id}: " if message.id else ""
            await self._log(f"{who}{message.status}\n".encode())

    async def _tell_share(self) -> None:
        whole = sum(layer.total for layer in self._layers.values())
        share = 10 * sum(layer.current for layer in self._layers.values()) // whole if whole else 0
        if share > self._told:
            self._told = share
            await self._log(f"{10 * share} % of {whole / 1e6:.1f} MB downloaded\n".encode())


_REFUSALS: Final = ("unauthorized", "authentication required", "no basic auth", "denied", "forbidden")
_ABSENCES: Final = ("manifest unknown", "not found", "does not exist", "name unknown", "no such image", "no matching")
_BARRIERS: Final = (
    "no such host",
    "connection refused",
    "timeout",
    "tls",
    "x509",
    "dial tcp",
    "eof",
    "lookup",
    "http:",
)


def refused(text: str, message: str) -> TaskFailed:
    """Return the failure for what the Engine says of a pull that did not end well."""
    words = message.lower()
    what = f"image {text}: {message}"
    if "no space left" in words:
        return failed(Cause.DISK_FULL, what, advice="Free space where Docker keeps its images, then retry the job.")
    if "repository does not exist or may require" in words:
        # Docker Hub says the same of a private repository and of none.
        return failed(
            Cause.REGISTRY_REFUSED, what, advice="Check the image reference, or give the registry's credentials."
        )
    if any(sign in words for sign in _REFUSALS):
        return failed(Cause.REGISTRY_REFUSED, what)
    if any(sign in words for sign in _BARRIERS):
        advice = "Check that the Docker Engine can reach the registry, then retry the job."
        return failed(Cause.SOURCE_UNREACHABLE, what, advice=advice)
    if any(sign in words for sign in _ABSENCES):
        return failed(Cause.IMAGE_MISSING, what)
    return failed(Cause.SOURCE_UNREACHABLE, what, advice="See what the Docker Engine says, then retry the job.")
