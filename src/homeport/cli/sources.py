"""What `homeport deploy` is given, as the source, the runtime and the name that a component gets from it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote, unquote, urlsplit

import msgspec

from homeport.cli.failures import ExitCode, Failure

Kind = Literal["package", "code", "image"]

_PACKAGES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".whl", ".jar", ".war")
_HOSTS: Final = {"github.com": "GitHub", "gitlab.com": "GitLab", "gitee.com": "Gitee", "bitbucket.org": "Bitbucket"}
_SCP_LIKE: Final = re.compile(r"(?:[\w.-]+@)[\w.-]+:(?!//)\S+")
_IMAGE: Final = re.compile(r"[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9][a-z0-9._-]*)*(:[\w.-]+)?(@sha256:[0-9a-f]{64})?")
_PATH_LIKE: Final = re.compile(r"\.{0,2}/|~|\.{1,2}$")
_RUNTIMES: Final = (
    ("package.json", "Nodejs16"),
    ("pom.xml", "Java17"),
    ("build.gradle*", "Java17"),
    ("*.jar", "Java17"),
    ("index.php", "Php8"),
    ("*.csproj", "Dotnet8"),
)
"""What lies in a folder, and the runtime that it is for; Python3 where nothing else is there."""

_API_TYPES: Final = {"package": "softwarePackage", "code": "code", "image": "image"}
_SHORTEST_NAME: Final = 4
_LONGEST_NAME: Final = 32


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a component comes from."""

    kind: Kind
    url: str
    sub_type: str = ""
    branch: str = ""
    credential: str = ""
    """Name of the one that opens a repository."""
    path: Path | None = None
    """Of a folder or package on this machine."""

    def source(self) -> dict[str, Any]:
        """Return it as the API's `source`."""
        source: dict[str, Any] = {"type": _API_TYPES[self.kind], "url": self.url}
        if self.sub_type:
            source["sub_type"] = self.sub_type
        code = {"branch": self.branch, "auth_name": self.credential}
        if self.kind == "code" and any(code.values()):
            source["code"] = {name: value for name, value in code.items() if value}
        return source

    @property
    def runtime(self) -> str:
        """The runtime that it looks made for."""
        if self.kind == "image":
            return "Docker"
        if self.path is not None and self.path.is_dir():
            found = (runtime for pattern, runtime in _RUNTIMES if any(self.path.glob(pattern)))
            return next(found, "Python3")
        return "Java17" if urlsplit(self.url).path.endswith((".jar", ".war")) else "Python3"

    @property
    def name(self) -> str:
        """A name for the component: of the folder, package, repository or image, made fit."""
        last = unquote(urlsplit(self.url).path if "://" in self.url else self.url).rstrip("/").rpartition("/")[2]
        if self.kind == "image":
            last = re.split("[:@]", last)[0]
        if last.endswith(".whl"):
            last = last.partition("-")[0]
        for ending in (*_PACKAGES, ".git"):
            last = last.removesuffix(ending)
        return fit_name(last)


def fit_name(text: str) -> str:
    """Return a text as a component may be called: 4 to 32 of a-z, 0-9 and -, a letter first and no - last."""
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).lstrip("0123456789-")[:_LONGEST_NAME].rstrip("-")
    return name if len(name) >= _SHORTEST_NAME else f"{name or 'web'}-app"


def origin_of(what: str, *, branch: str = "", kind: Kind | None = None) -> Origin:
    """Return where a component comes from, by what a user typed.

    Raises:
        Failure: nothing is there, or it cannot be told what it is.
    """
    if "://" in what or _SCP_LIKE.fullmatch(what):
        return _remote(what.removeprefix("git+"), branch=branch, kind=kind or ("code" if what[:4] == "git+" else None))
    path = Path(what).expanduser()
    if kind != "image" and path.exists():
        return _local(path.resolve(), branch=branch, kind=kind)
    if kind != "image" and (_PATH_LIKE.match(what) or what.endswith(_PACKAGES)):
        raise Failure(f"There is nothing at {what}", advice="Check the path.", code=ExitCode.USAGE)
    if not _IMAGE.fullmatch(what):
        raise Failure(
            f"{what!r} is no folder, package, address or image",
            advice="Give a folder, a .zip, .tar.gz, .whl or .jar, an address, or an image as nginx:1.27.",
            code=ExitCode.USAGE,
        )
    return Origin(kind="image", url=what)


def _local(path: Path, *, branch: str, kind: Kind | None) -> Origin:
    if path.is_file() and not path.name.endswith(_PACKAGES):
        raise Failure(
            f"{path} is no package",
            advice="Give the folder it lies in, or pack it: a .zip, .tar.gz, .whl or .jar.",
            code=ExitCode.USAGE,
        )
    chosen = kind or ("code" if branch else "package")
    return Origin(kind=chosen, url=f"file://{quote(str(path))}", branch=branch, path=path)


def _remote(url: str, *, branch: str, kind: Kind | None) -> Origin:
    parts = urlsplit(url)
    host = parts.hostname or ""
    packed = parts.path.endswith(_PACKAGES)
    if kind is None:
        kind = "package" if packed else "code" if _is_code(url, host, branch) else None
    if kind is None:
        raise Failure(
            f"It cannot be told whether {parts.hostname}{parts.path} is a package or a repository",
            advice="Say which: --source package or --source code.",
            code=ExitCode.USAGE,
        )
    return Origin(kind=kind, url=url, branch=branch, sub_type=_HOSTS.get(host, "") if kind == "code" else "")


def _is_code(url: str, host: str, branch: str) -> bool:
    return bool(branch) or host in _HOSTS or url.endswith(".git") or not url.startswith(("http:", "https:", "file:"))
