"""What can be set about driver `docker`; settings.py turns flags and variables into this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from homeport.drivers.sources.wanted import SourceSettings

DRIVER: Final = "docker"
"""The driver's name, in settings, environments and artifacts."""

DEFAULT_HOST: Final = "unix:///var/run/docker.sock"
"""Where an Engine listens unless it was told otherwise."""


BASE_IMAGES: Final[dict[str, str]] = {
    "Python": "python:{version}-slim",
    "Nodejs": "node:{version}",
    "Java": "eclipse-temurin:{version}",
    "JavaBuild": "maven:3-eclipse-temurin-{version}",
    "Tomcat": "tomcat:{version}",
    "Php": "php:{version}-cli",
}
"""Images that runtimes are built on unless it is said otherwise; `{version}` is the number in the runtime's name."""


class DockerSettings(SourceSettings, frozen=True, kw_only=True):
    """How driver `docker` runs containers. Sizes are bytes."""

    host: str = DEFAULT_HOST
    """Address of the Engine: `unix:///path` or `tcp://host:port`."""
    base_images: Mapping[str, str] = msgspec.field(default_factory=BASE_IMAGES.copy)
    """By family of runtimes, and by `JavaBuild`."""
    volumes_dir: str = ""
    """The folder of all volumes; in the data folder when empty."""
    log_bytes: int = 8 * 1024 * 1024
    """Bytes that are kept of the log of one instance."""


def host_of(given: str, environ: Mapping[str, str]) -> str:
    """Return the Engine's address: what was given, else `DOCKER_HOST`, else the usual socket."""
    return given or environ.get("DOCKER_HOST", "") or DEFAULT_HOST


def is_here(host: str) -> bool:
    """Tell whether the Engine at an address is this machine's, so that folders of this machine can be mounted."""
    return host.startswith("unix:")
