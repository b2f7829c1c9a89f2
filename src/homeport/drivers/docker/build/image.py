"""The steps from an order to an image."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.docker.build.context import DOCKERFILE, context_of
from homeport.drivers.docker.build.dockerfile import arguments_of, labelled
from homeport.drivers.docker.build.generated import Given, generated
from homeport.drivers.docker.build.spec import ImageSpec, image_name, labels_of_build
from homeport.drivers.docker.engine import DockerEngine, EngineRefused
from homeport.drivers.docker.images import Images, refused
from homeport.drivers.docker.settings import DRIVER
from homeport.drivers.sources.obtaining import obtain
from homeport.drivers.sources.output import Output
from homeport.model.causes import Cause, TaskFailed, failed, plain
from homeport.model.clock import SystemClock
from homeport.model.workloads import Artifact, BuildOrder

_PROXIES: Final = ("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy")
"""Variables that a Dockerfile need not declare (both cases); the Engine keeps them out of the image's history."""

_HUB: Final = "https://index.docker.io/v1/"
"""What the Engine calls Docker Hub where it looks for credentials."""


class _Message(msgspec.Struct):
    """A line of what the Engine tells while it builds."""

    stream: str = ""
    status: str = ""
    id: str = ""
    error: str = ""


def artifact_of(order: BuildOrder, image_id: str) -> Artifact:
    """Return the artifact that a finished build of this order is."""
    return Artifact(driver=DRIVER, reference=image_id, image_url=image_name(order))


class Building:
    """One build, in its own folder `work`."""

    def __init__(self, spec: ImageSpec, work: Path, output: Output) -> None:
        self._spec = spec
        self._source = work / "source"
        self._work = work
        self._output = output
        self._parameters = spec.order.build.parameters if spec.order.build else {}
        self._step = ""
        self._steps: dict[str, str] = {}

    def run(self) -> Artifact:
        """Make the image and return the artifact that it is.

        Raises:
            TaskFailed: the source cannot be had or is no good, or the image does not build (`build-failed`), its base
                image cannot be had (`image-missing`, `registry-refused`, `source-unreachable`), the disk is full.
        """
        whole = obtain(self._spec, self._work, self._source, self._spec.environ, self._output)
        text = self._dockerfile(whole)
        labels = labels_of_build(self._spec.house, self._spec.order.owner.component_id)
        return asyncio.run(self._build(labelled(text, labels)))

    def _dockerfile(self, whole: Path | None) -> str:
        order, content = self._spec.order, self._parameters.get("dockerfile_content")
        if content and order.source.type == "softwarePackage":
            return content
        path = self._parameters.get("dockerfile_path") if order.source.type == "code" else None
        if path:
            return self._own(path)
        given = Given(
            source=self._source,
            whole=whole,
            runtime=order.runtime,
            parameters=self._parameters,
            base_images=self._spec.base_images,
        )
        text = generated(given, self._spec.environ)
        self._output.say("Dockerfile:")
        for line in text.splitlines():
            self._output.say(f"  {line}")
        return text

    def _own(self, path: str) -> str:
        file = (self._source / path.lstrip("/")).resolve()
        if not file.is_relative_to(self._source.resolve()):
            raise failed(Cause.SOURCE_INVALID, f"build.parameters.dockerfile_path {path} leads out of the source")
        if not file.is_file():
            advice = "Correct build.parameters.dockerfile_path, or add the file to the source."
            raise failed(Cause.SOURCE_INVALID, f"the source has no file {path}", advice=advice)
        self._output.say(f"Dockerfile: {path}")
        return file.read_text(errors="replace")

    async def _build(self, dockerfile: str) -> Artifact:
        engine = DockerEngine(self._spec.host, SystemClock())
        name = image_name(self._spec.order)
        try:
            params = {
                "t": name,
                "dockerfile": DOCKERFILE,
                "forcerm": "1",
                "buildargs": msgspec.json.encode(self._arguments(dockerfile)).decode(),
            }
            headers = {"Content-Type": "application/x-tar", "X-Registry-Config": self._registries()}
            context = self._context(dockerfile)
            async with engine.stream("POST", "/build", params=params, headers=headers, content=context) as pieces:
                await self._follow(pieces)
            image = await Images(engine).find(name)
        except EngineRefused as refusal:
            raise self._failure(refusal.message) from refusal
        finally:
            await engine.close()
        if image is None:
            raise failed(Cause.BUILD_FAILED, f"the Docker Engine made no image {name}", log=self._output.last)
        self._output.say(f"Image {name} is ready")
        return artifact_of(self._spec.order, image.id)

    async def _context(self, dockerfile: str) -> AsyncIterator[bytes]:
        for piece in context_of(self._source, dockerfile, limit=self._spec.max_unpacked_bytes):
            yield piece

    def _arguments(self, dockerfile: str) -> dict[str, str]:
        declared = arguments_of(dockerfile)
        environ = self._spec.environ | self._spec.order.env
        return {name: text for name, text in environ.items() if name in declared or name.lower() in _PROXIES}

    def _registries(self) -> str:
        known = {
            _HUB if access.server == "docker.io" else access.server: {
                "username": access.username,
                "password": access.secret,
            }
            for access in self._spec.order.registries
        }
        return base64.urlsafe_b64encode(msgspec.json.encode(known)).decode()

    async def _follow(self, pieces: AsyncIterator[bytes]) -> None:
        rest = b""
        async for piece in pieces:
            *lines, rest = (rest + piece).split(b"\n")
            for line in filter(bytes.strip, lines):
                self._take(msgspec.json.decode(line, type=_Message))

    def _take(self, message: _Message) -> None:
        if message.error:
            raise self._failure(message.error)
        # The Engine colours what a step writes to its standard error.
        for line in plain(message.stream).splitlines():
            if line.startswith("Step "):
                self._step = line
            if line.strip():
                self._output.say(line)
        if message.status and self._steps.get(message.id) != message.status:
            self._steps[message.id] = message.status
            self._output.say(f"{message.id}: {message.status}" if message.id else message.status)

    def _failure(self, message: str) -> TaskFailed:
        # A step that fills the disk fails by its own exit code, and says why in its log alone.
        if any("no space left on device" in said.lower() for said in (message, *self._output.last)):
            advice = "Free space where Docker keeps its images, then retry the job."
            return failed(Cause.DISK_FULL, message, advice=advice, log=self._output.last)
        _, _, instruction = self._step.partition(" : ")
        if instruction.upper().startswith("FROM "):
            return refused(instruction.split()[1], message)
        where = f"{self._step}: " if self._step else ""
        return failed(Cause.BUILD_FAILED, f"{where}{message}", log=self._output.last)
