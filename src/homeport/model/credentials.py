"""Rules of credentials: what each type needs, what may stand in its fields, and which server one is good for.

A credential opens a source: a repository, by the name that a component's `source.code.auth_name` says, or a registry,
by the host of an image. One of type `s3` opens buckets, by their names,
and one of type `secret` is the value of a variable. No text here repeats what is secret.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

import msgspec

from homeport.model.buckets import checked_buckets, checked_endpoint
from homeport.model.errors import InvalidParameter, Refused, shown

LONGEST_SECRET: Final = 16_384
"""Characters of a password, a token or a private key."""
LONGEST_KNOWN_HOSTS: Final = 65_536
LONGEST_WORD: Final = 255
"""Characters of a user name and of a server's name."""

DOCKER_HUB: Final = "docker.io"
"""The registry of images whose reference names none."""

SCP_LIKE: Final = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!//|:).+")
"""`git@host:path`, git's short form of ssh."""

_HUB_NAMES: Final = ("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NAMES: Final = "1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit, as in team-git"
_SECRETS: Final = f"any text of 1 to {LONGEST_SECRET} characters"
_SERVER: Final = re.compile(r"(?P<host>[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:(?P<port>\d{1,5}))?")
_DEFAULT_PORTS: Final = {"https": 443, "ssh": 22}
_KNOWN_HOST_WORDS: Final = 3
"""Words of a line of known_hosts at least: whose, the kind of key, the key (sshd(8))."""


class CredentialNotFound(Refused, kind="credential-not-found"):
    """The project has no credential of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Credential {shown(name)} does not exist in this project. List the credentials to see which there are."
        )
        self.name = name


class CredentialNameTaken(Refused, kind="credential-name-taken"):
    """The project has a credential of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"name: there is a credential {shown(name)} already. Choose another name, or delete that one first."
        )
        self.name = name


class CredentialType(StrEnum):
    """What a credential opens, and how."""

    GIT_HTTPS = "git-https"
    GIT_SSH = "git-ssh"
    REGISTRY = "registry"
    S3 = "s3"
    SECRET = "secret"  # noqa: S105 - the name of a type


class NewCredential(msgspec.Struct, frozen=True, kw_only=True):
    """A credential as it is asked for; what was not given is None."""

    name: str
    type: CredentialType
    server: str | None = None
    """`host` or `host:port` that it is good for; of type s3 the URL of the store."""
    username: str | None = None
    """Of type s3 the access key."""
    password: str | None = None
    """Of type s3 the secret key, of type secret the value of a variable."""
    private_key: str | None = None
    known_hosts: str | None = None
    buckets: tuple[str, ...] | None = None
    """The buckets that one of type s3 opens."""

    def __repr__(self) -> str:
        return f"NewCredential(name={self.name!r}, type={self.type.value!r})"


class _Fields(msgspec.Struct, frozen=True):
    needed: tuple[str, ...]
    optional: tuple[str, ...]


_FIELDS: Final = {
    CredentialType.GIT_HTTPS: _Fields(("username", "password"), ("server",)),
    CredentialType.GIT_SSH: _Fields(("private_key",), ("server", "known_hosts")),
    CredentialType.REGISTRY: _Fields(("server", "username", "password"), ()),
    CredentialType.S3: _Fields(("server", "username", "password", "buckets"), ()),
    CredentialType.SECRET: _Fields(("password",), ()),
}
_OWN_FIELDS: Final = ("server", "username", "password", "private_key", "known_hosts", "buckets")


def checked(new: NewCredential) -> NewCredential:
    """Return a credential as it is kept: its server in one form, its key and known hosts with plain line ends.

    Raises:
        InvalidParameter: a field is missing, belongs to another type, or holds what it may not.
    """
    if _NAME.fullmatch(new.name) is None:
        raise InvalidParameter("name", f"is {shown(new.name)}, which is no name of a credential", allowed=_NAMES)
    _check_presence(new)
    return msgspec.structs.replace(
        new,
        server=None if new.server is None else _server_of(new.type, new.server),
        username=None if new.username is None else _checked_username(new.username),
        password=None if new.password is None else _password_of(new.type, new.password),
        private_key=None if new.private_key is None else _plain_lines(new.private_key),
        known_hosts=None if new.known_hosts is None else _checked_known_hosts(new.known_hosts),
        buckets=None if new.buckets is None else checked_buckets(new.buckets),
    )


def _server_of(type_: CredentialType, text: str) -> str:
    return checked_endpoint(text) if type_ is CredentialType.S3 else _checked_server(text)


def _check_presence(new: NewCredential) -> None:
    fields = _FIELDS[new.type]
    for name in _OWN_FIELDS:
        given = getattr(new, name) is not None
        if name in fields.needed and not given:
            raise InvalidParameter(name, f"is missing; type {new.type} needs it", allowed=_IN_WORDS[name])
        if given and name not in fields.needed + fields.optional:
            allowed = f"{', '.join(fields.needed + fields.optional)} for type {new.type}; leave {name} out"
            raise InvalidParameter(name, f"does nothing for type {new.type}", allowed=allowed)


_IN_WORDS: Final = {
    "server": "a host, or host:port, as in git.example.com or registry.example.com:5000",
    "username": f"1 to {LONGEST_WORD} characters without a colon",
    "password": f"a password or token of 1 to {LONGEST_SECRET} characters, in one line",
    "private_key": f"a private key without a passphrase, in OpenSSH's form or PEM, up to {LONGEST_SECRET} characters",
    "known_hosts": f"lines as ssh-keyscan prints them (host, kind of key, key), up to {LONGEST_KNOWN_HOSTS} characters",
    "buckets": "the names of the buckets that it opens, as in shop-data",
}


def invalid(field: str, problem: str) -> InvalidParameter:
    """Return the refusal of a credential's field, with what is allowed there."""
    return InvalidParameter(field, problem, allowed=_IN_WORDS[field])


def _checked_server(text: str) -> str:
    server = _bare_server(text)
    found = _SERVER.fullmatch(server)
    if found is None or len(server) > LONGEST_WORD or not 0 < int(found["port"] or 1) < 65_536:
        raise invalid("server", f"is {shown(text)}, which is no server")
    return server


def _bare_server(text: str) -> str:
    """Return a server without scheme and path, in lower case; Docker Hub under one name."""
    server = re.sub(r"^https?://", "", text.strip().lower()).partition("/")[0]
    return DOCKER_HUB if server in _HUB_NAMES else server


def _checked_username(text: str) -> str:
    if not 0 < len(text) <= LONGEST_WORD or not text.isprintable() or ":" in text:
        raise invalid("username", "is empty, too long, or holds a colon or a control character")
    return text


def _password_of(type_: CredentialType, text: str) -> str:
    if type_ is not CredentialType.SECRET:
        return _checked_password(text)
    if not 0 < len(text) <= LONGEST_SECRET or "\x00" in text:
        raise InvalidParameter("password", "is empty, too long, or holds a NUL", allowed=_SECRETS)
    return text


def _checked_password(text: str) -> str:
    if not 0 < len(text) <= LONGEST_SECRET or any(ord(character) < ord(" ") for character in text):
        raise invalid("password", "is empty, too long, or holds a line end or another control character")
    return text


def _plain_lines(text: str) -> str:
    # OpenSSH refuses a key without an end of its last line, or with the line ends of Windows.
    return text.replace("\r\n", "\n").strip() + "\n"


def _checked_known_hosts(text: str) -> str:
    plain = _plain_lines(text)
    lines = [line for line in plain.splitlines() if line.strip() and not line.startswith("#")]
    if len(plain) > LONGEST_KNOWN_HOSTS or not lines or "\x00" in plain:
        raise invalid("known_hosts", "is empty, too long, or no text")
    for number, line in enumerate(lines, start=1):
        if len(line.split()) < _KNOWN_HOST_WORDS:
            raise invalid("known_hosts", f"has an entry (number {number}) that is no line of a known_hosts file")
    return plain


def good_for(server: str, url: str) -> bool:
    """Tell whether a credential kept for `server` may be shown to the server of a repository's URL; "" is for any."""
    if not server:
        return True
    scp = SCP_LIKE.fullmatch(url)
    if scp is not None:
        return _same(server, scp["host"], None, "ssh")
    try:
        parts = urlsplit(url)
        return _same(server, parts.hostname or "", parts.port, parts.scheme)
    except ValueError:
        return False


def _same(server: str, host: str, port: int | None, scheme: str) -> bool:
    found = _SERVER.fullmatch(server)
    default = _DEFAULT_PORTS.get(scheme)
    return (
        found is not None
        and found["host"].strip("[]") == host.lower()
        and int(found["port"] or default or 0) == (port or default or 0)
    )


def registry_of(image: str) -> str:
    """Return the server of an image's reference: `registry.example.com:5000` of `registry.example.com:5000/shop:1`.

    As Docker does: what stands before the first slash is a server when it has a dot or a colon, or is localhost.
    """
    first, slash, _ = image.partition("/")
    if slash and ("." in first or ":" in first or first.lower() == "localhost"):
        return _bare_server(first)
    return DOCKER_HUB
