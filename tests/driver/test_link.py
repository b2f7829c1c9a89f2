"""The way to a supervisor that ends by itself just when something is asked of it."""

import asyncio
from pathlib import Path

import msgspec

from homeport.drivers.process.layout import Layout, Whereabouts
from homeport.drivers.process.link import SupervisorLink

_INFO = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


def test_going_down_is_done_where_the_supervisor_ended_by_itself_after_it_was_found(tmp_path: Path) -> None:
    asked = asyncio.run(_asked_by_down(tmp_path))
    assert [request.split()[:2] for request in asked] == [[b"GET", b"/v1/info"], [b"POST", b"/v1/down"]]


async def _asked_by_down(data_dir: Path) -> list[bytes]:
    """Go down where a supervisor answers one request and ends at the next; return the heads of both."""
    asked: list[bytes] = []

    async def end_at_the_second_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(_INFO)
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        server.close()
        writer.close()

    socket = data_dir / "socket"
    server = await asyncio.start_unix_server(end_at_the_second_request, socket)
    whereabouts = Layout(data_dir).whereabouts
    whereabouts.parent.mkdir(parents=True, exist_ok=True)
    whereabouts.write_bytes(msgspec.json.encode(Whereabouts(pid=1, socket=str(socket), version="1")))
    link = SupervisorLink(data_dir, starts=False)
    try:
        await link.down()
    finally:
        await link.close()
    return asked
