"""`homeport credentials`: they open repositories, registries and buckets. Secrets come from files, never from words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import click

from homeport.cli.failures import ExitCode, Failure
from homeport.cli.session import Session, connected

_TYPES: Final = ("git-https", "git-ssh", "registry", "s3", "secret")
_SECRETS: Final = {type_: "private_key" if type_ == "git-ssh" else "password" for type_ in _TYPES}
"""Which field of the API holds the secret of a type."""


@click.group()
def credentials() -> None:
    """List, store and delete credentials for private repositories, registries and buckets."""


@credentials.command("list")
@connected
def list_credentials(session: Session) -> None:
    """List the credentials; no secret is shown."""
    answer = session.api.call("GET", session.api.own("/credentials"))
    heads = ("NAME", "TYPE", "SERVER", "USER", "CREATED BY", "CREATED")
    rows = [
        (one["name"], one["type"], one["server"], one["username"], one["created_by"], one["created_at"][:19] + "Z")
        for one in answer["items"]
    ]
    session.out.table(heads, rows, none="There are no credentials yet. Store one: homeport credentials create NAME")
    session.out.document(answer)


@credentials.command()
@click.argument("name")
@click.option("--type", "type_", type=click.Choice(_TYPES), required=True, help="What it opens, and how.")
@click.option(
    "--server",
    metavar="SERVER",
    help="The registry, as HOST[:PORT]; for git the only server it may be shown to; for s3 the URL of the store.",
)
@click.option("--username", metavar="USER", help="Of git-https and registry; of s3 the access key.")
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Holds the password, token or key that is secret; - is standard input. Asked for on a terminal when left out.",
)
@click.option(
    "--known-hosts",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Of git-ssh: the keys by which the server is known, as ssh-keyscan prints them.",
)
@click.option("--bucket", "buckets", multiple=True, metavar="NAME", help="Of s3: a bucket that it opens; repeatable.")
@connected
def create(
    session: Session,
    name: str,
    type_: str,
    server: str | None,
    username: str | None,
    secret_file: Path | None,
    known_hosts: Path | None,
    buckets: tuple[str, ...],
) -> None:
    """Store a credential.

    A component's source names it (homeport deploy --credential NAME); one of a registry is found by its server, one of
    type s3 by the buckets it opens, one of type secret by the variables that refer to it (env_references). The secret
    is sealed, and no call gives it back.
    """
    body: dict[str, Any] = {"name": name, "type": type_, _SECRETS[type_]: _secret(type_, secret_file)}
    hosts = _text(known_hosts) if known_hosts else None
    given = {"server": server, "username": username, "known_hosts": hosts, "buckets": list(buckets) or None}
    body |= {field: value for field, value in given.items() if value is not None}
    answer = session.api.call("POST", session.api.own("/credentials"), body=body)
    session.out.line(f"Credential {answer['name']} is stored.")
    if answer["public_key"]:
        session.out.line(f"Let the server know its public key: {answer['public_key']}")
    session.out.document(answer)


@credentials.command()
@click.argument("name")
@connected
def show(session: Session, name: str) -> None:
    """Show a credential without its secret."""
    answer = session.api.call("GET", session.api.own(f"/credentials/{_in_path(name)}"))
    session.out.line(answer["name"])
    for field in ("type", "server", "username", "public_key", "known_hosts", "created_by", "created_at"):
        if answer[field]:
            session.out.line(f"  {field.replace('_', ' '):<12} {answer[field].strip()}")
    if answer["buckets"]:
        session.out.line(f"  {'buckets':<12} {', '.join(answer['buckets'])}")
    session.out.document(answer)


@credentials.command()
@click.argument("name")
@connected
def delete(session: Session, name: str) -> None:
    """Delete a credential; builds that name it fail from then on, what runs goes on."""
    session.api.call("DELETE", session.api.own(f"/credentials/{_in_path(name)}"))
    session.out.line(f"Credential {name} is gone.")
    session.out.document({"deleted": {"name": name}})


def _secret(type_: str, file: Path | None) -> str:
    if file is None and type_ != "git-ssh" and sys.stdin.isatty():
        return str(click.prompt("Password or token", hide_input=True, err=True))
    if file is None:
        raise Failure(
            "Nothing says where the secret is",
            advice="Name the file that holds it: --secret-file FILE, or - for standard input.",
            code=ExitCode.USAGE,
        )
    text = sys.stdin.read() if str(file) == "-" else _text(file)
    # An editor, or `echo`, has ended the line.
    return text if type_ == "git-ssh" else text.rstrip("\r\n")


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise Failure(f"{file} cannot be read: {why}", advice="Check the file.", code=ExitCode.USAGE) from None


def _in_path(name: str) -> str:
    return quote(name, safe="")
