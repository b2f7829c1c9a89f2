"""From a method and a path to the operation: a tree made once from the table of operations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from homeport.api.calls import Answer, Call, Handler
from homeport.api.codes import MALFORMED_REQUEST, NO_SUCH_API, NOT_BUILT
from homeport.api.errors import ApiError
from homeport.api.operations.base import EnvironmentHeader, Operation
from homeport.model.caller import Role
from homeport.model.errors import shown

_MOST_KNOWN: Final = 4096
_LONGEST_KNOWN: Final = 256


class Route:
    """An operation with its handler, and what the edge asks about it on every request, worked out beforehand."""

    __slots__ = ("anybody", "environment", "handler", "in_project", "operation", "roles", "wants_headers")

    def __init__(self, operation: Operation, handler: Handler) -> None:
        self.operation = operation
        self.handler = handler
        self.anybody = operation.role is None
        self.in_project = operation.in_project
        self.roles = tuple(role for role in Role if operation.role is not None and operation.role in role.covers)
        self.environment = operation.environment
        self.wants_headers = operation.enterprise or operation.environment is not EnvironmentHeader.UNUSED


class Node:
    """A place in the tree: a word of the path leads to a child, any other text to `parameter`."""

    __slots__ = ("methods", "parameter", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.parameter: Node | None = None
        self.methods: dict[str, Route] = {}


class UnmatchedTable(Exception):  # noqa: N818 - names what is wrong
    """The handlers do not match the operations that are built: a defect of the program's assembly."""


Found = tuple[Route, tuple[str, ...]]
"""A route, and the values of its path parameters."""


class Routes:
    """The tree of the operations. Raises `UnmatchedTable` when a handler is missing or one too many."""

    def __init__(self, operations: Iterable[Operation], handlers: Mapping[str, Handler]) -> None:
        table = {operation.id: operation for operation in operations}
        _check(table, handlers)
        self._root = Node()
        for operation in table.values():
            _plant(self._root, Route(operation, handlers.get(operation.id, not_built)))
        # Who polls asks for the same path again and again.
        self._known = lru_cache(_MOST_KNOWN)(self._walk)

    def find(self, scope: Mapping[str, Any]) -> Found:
        """Return the route of a request, and the values of its path parameters.

        Segments are percent-decoded one by one, so an encoded slash never separates. One slash at the end is allowed.
        Raises `ApiError` for a path or method that is none, and for NUL in the path.
        """
        raw = scope.get("raw_path") or scope["path"].encode()
        if len(raw) > _LONGEST_KNOWN:
            return self._walk(scope["method"], raw)
        return self._known(scope["method"], raw)

    def _walk(self, method: str, raw: bytes) -> Found:
        params: list[str] = []
        node = self._root
        for segment in _segments(raw):
            child = node.words.get(segment)
            if child is None:
                child = node.parameter
                if child is None or not segment:
                    raise _unknown(method)
                params.append(segment)
            node = child
        route = node.methods.get(method.upper())
        if route is None:
            raise _unknown(method)
        return route, tuple(params)


def _check(table: Mapping[str, Operation], handlers: Mapping[str, Handler]) -> None:
    missing = [id_ for id_, operation in table.items() if operation.built and id_ not in handlers]
    unknown = [id_ for id_ in handlers if id_ not in table or not table[id_].built]
    if missing or unknown:
        raise UnmatchedTable(f"operations without a handler: {missing}; handlers without a built operation: {unknown}")


def _plant(root: Node, route: Route) -> None:
    node = root
    for segment in route.operation.path.split("/"):
        if segment.startswith("{"):
            node.parameter = node.parameter or Node()
            node = node.parameter
        else:
            node = node.words.setdefault(segment, Node())
    with_slash = node.words.setdefault("", Node())
    methods = ("GET", "HEAD") if route.operation.method == "GET" else (route.operation.method,)
    for method in methods:
        node.methods[method] = with_slash.methods[method] = route


def _segments(raw: bytes) -> list[str]:
    if b"%" not in raw:
        return raw.decode("utf-8", "replace").split("/")
    segments = [unquote_to_bytes(segment).decode("utf-8", "replace") for segment in raw.split(b"/")]
    if any("\0" in segment for segment in segments):
        raise ApiError(MALFORMED_REQUEST, "The path holds a NUL character (%00). Allowed: any other text.")
    return segments


def _unknown(method: str) -> ApiError:
    return ApiError(
        NO_SUCH_API, f"There is no {shown(method)} on this path. See /docs for the paths and methods there are."
    )


async def not_built(call: Call) -> Answer:
    """Refuse an operation that is not built yet; stands in where there is no handler."""
    raise ApiError(
        NOT_BUILT,
        f"{call.operation.id} is not built in this version of Homeport. "
        "The parity page in the documentation (reference/parity) says which operations are.",
    )
