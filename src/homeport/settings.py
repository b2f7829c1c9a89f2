"""Every setting, in one typed place: from flags, `HOMEPORT_*` variables, and a TOML file, in this order of weight.

The description of each field is what `docs/reference/settings.md` and `homeport serve --help` say of it.
"""

from __future__ import annotations

import difflib
import ipaddress
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta

PREFIX: Final = "HOMEPORT_"
"""Of the environment variable of a setting: `HOMEPORT_DATA_DIR`."""

_Seconds = Annotated[float, Meta(ge=0, le=86_400)]
_Port = Annotated[int, Meta(ge=0, le=65_535)]

_DATABASE: Final = r"^(postgres(ql)?://.*)?$"
_PORTS: Final = r"^[0-9]{1,5}-[0-9]{1,5}$"
_FORMS: Final = {_DATABASE: "a postgresql:// address", _PORTS: "first-last, two port numbers"}
"""What a text of each pattern has to be, in words."""


class SettingError(Exception):
    """A setting cannot be used; the text names it, where it came from, and what is allowed."""


def default_data_dir() -> Path:
    """Return the data folder that is meant where nothing is said."""
    return Path.home() / ".local" / "share" / "homeport"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What whoever runs Homeport has chosen."""

    host: Annotated[str, Meta(description="Address to listen on; anything but loopback is reachable by others.")] = (
        "127.0.0.1"
    )
    port: Annotated[_Port, Meta(description="Port to listen on; 0 lets the system choose one.")] = 8223
    data_dir: Annotated[Path, Meta(description="Folder that holds everything: database, keys, packages, logs.")] = (
        msgspec.field(default_factory=default_data_dir)
    )
    store: Annotated[
        str,
        Meta(
            pattern=_DATABASE,
            description="PostgreSQL database that several processes share (postgresql://user:password@host/name); "
            "empty keeps everything in a SQLite file in the data folder.",
        ),
    ] = ""
    driver: Annotated[
        Literal["auto", "docker", "process", "simulated"],
        Meta(
            description="Driver of environments that are made from now on, unless they name one themselves; "
            "auto is docker where a Docker Engine answers at the start, else process."
        ),
    ] = "auto"
    docker_host: Annotated[
        str,
        Meta(description="Address of the Docker Engine (unix:///path or tcp://host:port); empty follows DOCKER_HOST."),
    ] = ""
    base_images: Annotated[
        str,
        Meta(
            description="Images that driver docker builds runtimes on, instead of those it knows: "
            "Python=registry.example.com/python:{version},Java=…; of Python, Nodejs, Java, JavaBuild, Tomcat, Php, "
            "Dotnet. {version} stands for the number in the runtime's name."
        ),
    ] = ""
    volumes_dir: Annotated[
        Path | None,
        Meta(description="Folder in which volumes lie, as PROJECT/VOLUME; volumes in the data folder when left out."),
    ] = None
    tls_cert: Annotated[Path | None, Meta(description="PEM file with the server's certificate chain.")] = None
    tls_key: Annotated[Path | None, Meta(description="PEM file with the key of the certificate.")] = None
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="Least severe log lines that are written.")
    ] = "info"
    log_format: Annotated[
        Literal["auto", "text", "json"], Meta(description="How log lines look; auto is text on a terminal, else JSON.")
    ] = "auto"

    access_key: Annotated[str, Meta(description="Access key of the admin made at the first start.")] = ""
    secret_key: Annotated[str, Meta(description="Secret key of that access key.")] = ""
    project_id: Annotated[str, Meta(description="Id of the project made at the first start.")] = ""
    project_name: Annotated[str, Meta(description="Name of that project.")] = ""
    domain_id: Annotated[str, Meta(description="Id of the domain made at the first start.")] = ""
    domain_name: Annotated[str, Meta(description="Name of that domain.")] = ""
    user_name: Annotated[str, Meta(description="Name of the admin.")] = ""
    user_password: Annotated[str, Meta(description="Password of the admin.")] = ""
    master_key: Annotated[
        str, Meta(description="Key that seals secrets (32 bytes in hex or base64); empty keeps one in the data folder.")
    ] = ""

    file_sources: Annotated[
        list[Path] | None,
        Meta(
            description="Folders below which file:// sources may lie, separated by colons. "
            "Unset: on loopback whatever the engine's user may read, else none."
        ),
    ] = None
    front_host: Annotated[str, Meta(description="Address on which applications are reached.")] = "127.0.0.1"
    front_ports: Annotated[str, Meta(pattern=_PORTS, description="Ports for applications, first-last.")] = "31000-31999"
    router: Annotated[
        Literal["auto", "haproxy", "embedded"],
        Meta(
            description="What answers on applications' addresses: haproxy, Homeport's own front (embedded), or auto: "
            "haproxy where 2.6 or newer is on the machine, else embedded."
        ),
    ] = "auto"
    instance_log_bytes: Annotated[
        int, Meta(ge=64 * 1024, description="Bytes that are kept of the log of one instance.")
    ] = 8 * 1024 * 1024
    max_package_bytes: Annotated[int, Meta(ge=1, description="Largest package that is fetched.")] = 512 * 1024 * 1024
    max_unpacked_bytes: Annotated[
        int, Meta(ge=1, description="Most that a package or folder may take once it is unpacked.")
    ] = 2 * 1024 * 1024 * 1024

    job_seconds: Annotated[
        _Seconds, Meta(description="How long a job may take from its acceptance, its build's time not counted.")
    ] = 540
    ready_seconds: Annotated[
        _Seconds, Meta(description="How long a program without a startup probe may take until its port accepts.")
    ] = 60
    min_ready_seconds: Annotated[
        _Seconds, Meta(description="How long an instance has to stay ready before it gets traffic.")
    ] = 1
    drain_seconds: Annotated[
        _Seconds, Meta(description="How long requests under way at an instance that stops may take.")
    ] = 10
    lease_seconds: Annotated[
        float, Meta(ge=0.1, le=3_600, description="How long a worker is believed alive after its last heartbeat.")
    ] = 15
    poll_seconds: Annotated[
        float, Meta(ge=0.05, le=3_600, description="How often the engine looks for work that no signal told of.")
    ] = 5
    scaling_seconds: Annotated[
        float,
        Meta(ge=0.1, le=3_600, description="How often the load of components with a scaling rule is looked at."),
    ] = 15
    metrics_seconds: Annotated[
        float,
        Meta(ge=0.1, le=3_600, description="How often instances are asked for metrics (type customMetric)."),
    ] = 15
    shutdown_seconds: Annotated[
        _Seconds,
        Meta(
            description="How long tasks under way may take to come to their end when the engine is told to end; "
            "what is not done by then goes on with the next engine, or at the next start."
        ),
    ] = 5
    slots: Annotated[int, Meta(ge=1, le=10_000, description="Jobs that one worker runs at a time.")] = 64
    components_per_environment: Annotated[int, Meta(ge=1, description="Components that one environment may hold.")] = 50
    snapshots_kept: Annotated[int, Meta(ge=1, description="Snapshots that a component keeps.")] = 20
    job_days: Annotated[
        float,
        Meta(
            ge=0.01,
            le=36_500,
            description=(
                "Days for which jobs that ended are kept; the latest of each target and those that snapshots name stay."
            ),
        ),
    ] = 90
    history_days: Annotated[
        float,
        Meta(
            ge=0.01,
            le=3_650,
            description="Days for which events of components, and logs of instances that ended, are kept.",
        ),
    ] = 15
    idempotency_key_seconds: Annotated[
        float,
        Meta(ge=1, le=604_800, description="How long an Idempotency-Key stands for the request it came with."),
    ] = 86_400
    same_request_seconds: Annotated[
        _Seconds,
        Meta(
            description="How long a POST without an Idempotency-Key that equals an earlier one of the same user "
            "counts as that one, and is answered as it was; 0: never."
        ),
    ] = 0
    keep_alive_seconds: Annotated[
        float,
        Meta(ge=0.05, le=3_600, description="How often a stream of events on which nothing moves says that it lives."),
    ] = 15
    report_unfinished_as_failed: Annotated[
        bool,
        Meta(
            description="Jobs end failed where they would end timeout or terminated, "
            "for clients that wait for ever on those (Terraform's component resource)."
        ),
    ] = False

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the API."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def base_image_of(self) -> dict[str, str]:
        """The images that the setting base_images names.

        Raises:
            SettingError: it names them in a way that is none.
        """
        return _read_images(self.base_images)

    @property
    def first_and_last_port(self) -> tuple[int, int]:
        """The first and the last port for applications."""
        first, last = self.front_ports.split("-")
        return int(first), int(last)


SECRET: Final = frozenset({"secret_key", "user_password", "master_key", "store"})
"""Settings that are never shown."""


def load_settings(flags: Mapping[str, Any], environ: Mapping[str, str], file: Path | None) -> Settings:
    """Return the settings: a flag counts before a variable, a variable before the file, the file before the default.

    `flags` holds only what was given. Raises `SettingError`.
    """
    given: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for values, where in (
        (_from_file(file), lambda _: f"file {file}"),
        (_from_environment(environ), variable_of),
        (flags, flag_of),
    ):
        given |= values
        origin |= {name: where(name) for name in values}
    return _checked(_converted(given, origin))


def variable_of(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def flag_of(name: str) -> str:
    """Return the flag of a setting: `--data-dir`."""
    return "--" + name.replace("_", "-")


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said of a setting."""

    name: str
    description: str
    allowed: str
    """Which values it takes, in words."""
    default: Any
    """UNSET where it depends on who runs Homeport."""
    switch: bool
    """Whether it is on or off, so that its flag takes no value."""


@lru_cache(maxsize=1)
def describe() -> tuple[Facts, ...]:
    """Return the facts of every setting, in order."""
    info = msgspec.inspect.type_info(Settings)
    assert isinstance(info, msgspec.inspect.StructType)  # noqa: S101 - for the type checker: Settings is a Struct
    return tuple(
        Facts(
            name=field.name,
            description=_description(field.type),
            allowed=_allowed(field.type),
            default=UNSET if field.default is msgspec.NODEFAULT else field.default,
            switch=isinstance(_bare(field.type), msgspec.inspect.BoolType),
        )
        for field in info.fields
    )


def _description(kind: msgspec.inspect.Type) -> str:
    if not isinstance(kind, msgspec.inspect.Metadata):
        return ""
    extra = kind.extra_json_schema or {}
    return str(extra.get("description", "")) or _description(kind.type)


def _bare(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """Return the type itself, without its description and without None beside it."""
    if isinstance(kind, msgspec.inspect.Metadata):
        return _bare(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        return _bare(next(one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)))
    return kind


def _allowed(kind: msgspec.inspect.Type) -> str:
    match _bare(kind):
        case msgspec.inspect.LiteralType(values=values):
            return ", ".join(map(str, values))
        case msgspec.inspect.IntType(ge=least, le=most):
            return f"whole numbers {_range(least, most)}"
        case msgspec.inspect.FloatType(ge=least, le=most):
            return f"numbers {_range(least, most)}"
        case msgspec.inspect.BoolType():
            return "true, false"
        case msgspec.inspect.ListType():
            return "paths of folders"
        case msgspec.inspect.StrType(pattern=str(pattern)):
            return _FORMS[pattern]
        case msgspec.inspect.StrType():
            return "text"
        case _:
            return "a path"


def _range(least: float | None, most: float | None) -> str:
    return f"from {least:g} to {most:g}" if most is not None else f"from {least:g} on"


def _from_file(file: Path | None) -> Mapping[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text())
    except OSError as error:
        raise SettingError(f"the settings file {file} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"the settings file {file} is no TOML: {error}") from error


def _from_environment(environ: Mapping[str, str]) -> Mapping[str, Any]:
    names = {variable_of(name): name for name in Settings.__struct_fields__}
    return {names[variable]: value for variable, value in environ.items() if variable in names and value != ""}


def _converted(given: dict[str, Any], origin: Mapping[str, str]) -> Settings:
    for name in given:
        if name not in Settings.__struct_fields__:
            raise SettingError(_unknown(name, origin[name]))
    folders = given.get("file_sources")
    if isinstance(folders, str):
        given = given | {"file_sources": [folder for folder in folders.split(":") if folder]}
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise SettingError(_explained(str(error), given, origin)) from None


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    if isinstance(value, kind):
        return value
    raise ValueError(f"expected {kind.__name__}")


def _unknown(name: str, where: str) -> str:
    near = difflib.get_close_matches(name, Settings.__struct_fields__, n=1)
    return f"{where} has {name!r}, which is no setting" + (f"; did you mean {near[0]}?" if near else "")


def _explained(problem: str, given: Mapping[str, Any], origin: Mapping[str, str]) -> str:
    name = problem.partition(" - at `$.")[2].rstrip("`").split("[")[0]
    facts = next((facts for facts in describe() if facts.name == name), None)
    if facts is None:
        return f"settings: {problem}"
    value = "a value that cannot be" if name in SECRET else repr(given[name])
    return f"setting {name} ({origin[name]}) is {value}; allowed: {facts.allowed}"


def _read_images(text: str) -> dict[str, str]:
    pairs = [pair.strip().partition("=") for pair in text.split(",") if pair.strip()]
    if any(name not in _BASES or not image for name, _, image in pairs):
        raise SettingError(f"setting base_images is {text!r}: allowed are NAME=IMAGE,…, NAME of {', '.join(_BASES)}")
    return {name: image for name, _, image in pairs}


_BASES: Final = ("Python", "Nodejs", "Java", "JavaBuild", "Tomcat", "Php", "Dotnet")


def _checked(settings: Settings) -> Settings:
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise SettingError("settings tls_cert and tls_key: give both or neither")
    _read_images(settings.base_images)
    first, last = settings.first_and_last_port
    if not 1 <= first <= last <= 65_535:
        raise SettingError(f"setting front_ports is {settings.front_ports}: allowed are first-last within 1-65535")
    return settings
