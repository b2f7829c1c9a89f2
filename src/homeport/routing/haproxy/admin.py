"""What a haproxy is told while it runs: its runtime API, a command a connection."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from homeport.routing.haproxy.shape import Server, ServerName, Table

SOCKET: Final = "admin.sock"

_ANSWER_SECONDS: Final = 10.0
_GOOD: Final = ("", "New server registered.", "Server deleted.")


class Refusal(Exception):  # noqa: N818 - said by haproxy
    """haproxy did not do as it was told; the text is its own."""


class Admin:
    """The socket of one process, in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def listen(self) -> socket.socket:
        """Return the socket for the process to inherit. The folder is its user's alone, so it is too."""
        made = socket.socket(socket.AF_UNIX)
        with _reached(self._folder) as path:
            made.bind(path)
        made.listen(64)
        return made

    async def ask(self, command: str) -> str:
        """Return what the process answers to a command.

        Raises:
            OSError: it has ended, or does not answer.
        """
        with _reached(self._folder) as path:
            reader, writer = await asyncio.open_unix_connection(path)
        try:
            writer.write(f"{command}\n".encode())
            writer.write_eof()
            return (await asyncio.wait_for(reader.read(), _ANSWER_SECONDS)).decode().strip()
        finally:
            writer.close()

    async def tell(self, command: str) -> None:
        """Give a command.

        Raises:
            Refusal: it was not done.
            OSError: the process has ended, or does not answer.
        """
        answer = await self.ask(command)
        if answer not in _GOOD:
            raise Refusal(f"{command}: {answer}")

    async def ready(self) -> None:
        """Return when the process serves; raise `OSError` when it has ended instead."""
        if not await self.ask("show info"):
            raise ConnectionResetError("it ended before it answered")

    async def sessions(self) -> dict[ServerName, int]:
        """Return what is under way at each server: requests and connections."""
        lines = (await self.ask("show stat -1 4 -1")).removeprefix("# ").splitlines()
        fields = lines[0].split(",")
        name, server, current = (fields.index(one) for one in ("pxname", "svname", "scur"))
        rows = [line.split(",") for line in lines[1:] if line]
        return {(row[name], row[server]): int(row[current]) for row in rows}


def changes(before: Mapping[str, Table], after: Mapping[str, Table]) -> tuple[list[str], list[str]]:
    """Return the commands that make tables so: those that add, to be given first, and those that take away."""
    adding, taking = [], []
    for file in {**before, **after}:
        old, new = before.get(file, {}), after.get(file, {})
        kind = "map" if file.endswith(".map") else "acl"
        for key, value in new.items():
            # A word ends at a space that is not escaped.
            word = value.replace(" ", r"\ ")
            if key not in old:
                adding.append(f"add {kind} {file} {key} {word}".rstrip())
            elif value != old[key]:
                adding.append(f"set map {file} {key} {word}")
        taking += [f"del {kind} {file} {key}" for key in old if key not in new]
    return adding, taking


def put_in(name: ServerName, server: Server) -> list[str]:
    """Return the commands that add a server."""
    return [f"add server {'/'.join(name)} {server.address}", *([f"enable server {'/'.join(name)}"] * server.ready)]


@contextmanager
def _reached(folder: Path) -> Iterator[str]:
    """Yield a path of the socket that is short whatever the folder's is: an AF_UNIX path has room for 107 bytes."""
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET}"
    finally:
        os.close(descriptor)
