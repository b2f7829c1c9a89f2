"""What the handlers of CAE's resources work with, and how they find the resource that a call names.

A handler finds the resource first, then reads the body, then lets a service decide: that is the order in which a call
is checked (DESIGN.md, section 3).
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from homeport.api.calls import Call
from homeport.model.clock import rfc3339
from homeport.model.records import Application, Component, Environment
from homeport.services.applications import find_application
from homeport.services.components import find_component
from homeport.services.context import Context
from homeport.services.environments import Scope, find_environment

time_text = lru_cache(maxsize=1_024)(rfc3339)
"""Microseconds as RFC 3339; lists show the same times again and again."""


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What the handlers are given."""

    context: Context
    front_host: str
    """The address on which components answer, as it stands in a URL."""


def scope_of(call: Call) -> Scope:
    """Return where a call acts; for calls with X-Environment-ID."""
    return Scope(call.project_id, call.environment_id or "", call.enterprise_project_id)


async def environment_of(context: Context, call: Call) -> Environment:
    """Return the environment that a call's header names. Raises as `find_environment` does."""
    return await find_environment(context, scope_of(call))


async def application_of(context: Context, call: Call) -> Application:
    """Return the application that a call's path names. Raises as `find_environment` and `find_application` do."""
    return await find_application(context, await environment_of(context, call), call.param("application_id"))


async def component_of(context: Context, call: Call) -> Component:
    """Return the component that a call's path names. Raises as `find_environment` and `find_component` do."""
    environment = await environment_of(context, call)
    return await find_component(context, environment, call.param("application_id"), call.param("component_id"))
