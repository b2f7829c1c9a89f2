"""What the supervisor answers on its socket; the words are in drivers/process/wire.py and routing/front_client.py."""

from __future__ import annotations

import errno
from typing import Any, Final, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from homeport.drivers.process.wire import (
    REFUSED,
    Alive,
    Before,
    BucketUse,
    BuildSpec,
    InstanceSpec,
    Keep,
    Names,
    Stop,
    Wait,
)
from homeport.model.causes import Cause, Failure, TaskFailed, failed
from homeport.routing.front_client import PortOf, Readiness, SetRoute
from homeport.supervisor.buckets import MountFailed
from homeport.supervisor.supervisor import Supervisor

_T = TypeVar("_T")


def make_api(supervisor: Supervisor) -> Starlette:
    """Return the application that lets a supervisor be asked."""
    calls = _Calls(supervisor)
    routes = [
        Route("/v1/info", calls.info, methods=["GET"]),
        Route("/v1/instances", calls.known, methods=["GET"]),
        Route("/v1/instances", calls.start, methods=["PUT"]),
        Route("/v1/observe", calls.observe, methods=["POST"]),
        Route("/v1/usage", calls.usage, methods=["POST"]),
        Route("/v1/changed", calls.changed, methods=["POST"]),
        Route("/v1/stop", calls.stop, methods=["POST"]),
        Route("/v1/builds", calls.build, methods=["PUT"]),
        Route("/v1/builds/{build_id}", calls.build_end, methods=["GET"]),
        Route("/v1/builds/{build_id}", calls.stop_build, methods=["DELETE"]),
        Route("/v1/builds/{build_id}/taken", calls.build_taken, methods=["POST"]),
        Route("/v1/routes/{component_id}", calls.set_route, methods=["PUT"]),
        Route("/v1/routes/{component_id}", calls.remove_route, methods=["DELETE"]),
        Route("/v1/routes/{component_id}/check", calls.check_route, methods=["POST"]),
        Route("/v1/ready", calls.tell_ready, methods=["POST"]),
        Route("/v1/buckets", calls.use_buckets, methods=["PUT"]),
        Route("/v1/buckets/leave", calls.leave_buckets, methods=["POST"]),
        Route("/v1/buckets/keep", calls.keep_buckets, methods=["POST"]),
        Route("/v1/components/{component_id}", calls.forget, methods=["DELETE"]),
        Route("/v1/forget-ended", calls.forget_ended, methods=["POST"]),
        Route("/v1/components/{component_id}/artifacts", calls.keep_artifacts, methods=["PUT"]),
        Route("/v1/down", calls.down, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers=_HANDLERS)


class _Calls:
    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    async def info(self, _: Request) -> Response:
        return _answer(self._supervisor.info())

    async def known(self, _: Request) -> Response:
        return _answer(self._supervisor.instances.known())

    async def start(self, request: Request) -> Response:
        await self._supervisor.instances.start(await _read(request, InstanceSpec))
        return Response()

    async def observe(self, request: Request) -> Response:
        asked = await _read(request, Names)
        return _answer(self._supervisor.instances.sights(asked.names))

    async def usage(self, request: Request) -> Response:
        asked = await _read(request, Names)
        return _answer(self._supervisor.instances.usage(asked.names))

    async def changed(self, request: Request) -> Response:
        asked = await _read(request, Wait)
        await self._supervisor.changes.wait(asked.seen, asked.within)
        return Response()

    async def stop(self, request: Request) -> Response:
        alive = await self._supervisor.instances.stop(await _read(request, Stop))
        return _answer(Alive(tuple(alive)))

    async def build(self, request: Request) -> Response:
        self._supervisor.builds.start(await _read(request, BuildSpec))
        return Response()

    async def build_end(self, request: Request) -> Response:
        return _answer(await self._supervisor.builds.end(request.path_params["build_id"]))

    async def build_taken(self, request: Request) -> Response:
        await self._supervisor.builds.taken(request.path_params["build_id"])
        return Response()

    async def stop_build(self, request: Request) -> Response:
        await self._supervisor.builds.stop(request.path_params["build_id"])
        return Response()

    async def set_route(self, request: Request) -> Response:
        return _answer(PortOf(await self._supervisor.set_route(await _read(request, SetRoute))))

    async def check_route(self, request: Request) -> Response:
        await self._supervisor.check_route(await _read(request, SetRoute))
        return Response()

    async def remove_route(self, request: Request) -> Response:
        fence = int(request.query_params["fence"])
        await self._supervisor.remove_route(request.path_params["component_id"], fence)
        return Response()

    async def tell_ready(self, request: Request) -> Response:
        self._supervisor.tell_ready(await _read(request, Readiness))
        return Response()

    async def use_buckets(self, request: Request) -> Response:
        try:
            await self._supervisor.buckets.use(await _read(request, BucketUse))
        except MountFailed as error:
            raise failed(Cause.MOUNT_FAILED, str(error)) from error
        return Response()

    async def leave_buckets(self, request: Request) -> Response:
        await self._supervisor.buckets.leave((await _read(request, Names)).names)
        return Response()

    async def keep_buckets(self, request: Request) -> Response:
        own = [instance.name for instance in self._supervisor.instances.living()]
        await self._supervisor.buckets.keep({*own, *(await _read(request, Names)).names})
        return Response()

    async def forget(self, request: Request) -> Response:
        await self._supervisor.forget(request.path_params["component_id"])
        return Response()

    async def forget_ended(self, request: Request) -> Response:
        await self._supervisor.instances.forget_ended((await _read(request, Before)).time)
        return Response()

    async def keep_artifacts(self, request: Request) -> Response:
        asked = await _read(request, Keep)
        await self._supervisor.keep_artifacts(request.path_params["component_id"], asked.references)
        return Response()

    async def down(self, _: Request) -> Response:
        return _answer(Alive(tuple(await self._supervisor.down())))


async def _read(request: Request, type_: type[_T]) -> _T:
    return msgspec.json.decode(await request.body(), type=type_)


def _answer(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, TaskFailed)  # noqa: S101 - the only type it is registered for
    return Response(msgspec.json.encode(error.failure), status_code=REFUSED, media_type="application/json")


async def _not_done(_: Request, error: Exception) -> Response:
    """Answer for the machine: its disk is full, a file cannot be written."""
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    failure = Failure(cause=Cause.DISK_FULL if is_full else Cause.INTERNAL, what=str(error))
    return Response(msgspec.json.encode(failure), status_code=REFUSED, media_type="application/json")


async def _unreadable(_: Request, error: Exception) -> Response:
    return Response(f"the body cannot be read: {error}", status_code=400, media_type="text/plain")


_HANDLERS: Final[dict[Any, Any]] = {TaskFailed: _refused, OSError: _not_done, msgspec.DecodeError: _unreadable}
