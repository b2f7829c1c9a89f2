"""Carrying a build out in a process of its own: whatever happens, whoever waits is told how it ended."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable

import msgspec

from homeport.drivers.sources.git_access import secrets_of_access
from homeport.drivers.sources.output import Output
from homeport.drivers.sources.rules import secrets_of
from homeport.drivers.sources.wanted import BuildEnd, Wanted
from homeport.model.causes import Cause, Failure, TaskFailed
from homeport.model.workloads import Artifact


def carried_out(wanted: Wanted, make: Callable[[Output], Artifact]) -> BuildEnd:
    """Let `make` build, the log going to standard output with nothing secret in it, and return how it ended."""
    output = Output(_secrets(wanted))
    end = _attempt(make, output)
    if end.failure is not None:
        output.say(end.failure.what)
    return end


def _attempt(make: Callable[[Output], Artifact], output: Output) -> BuildEnd:
    try:
        return BuildEnd(artifact=make(output))
    except TaskFailed as error:
        return BuildEnd(failure=_cleaned(error.failure, output))
    except OSError as error:
        cause = Cause.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Cause.BUILD_FAILED
        return BuildEnd(failure=Failure(cause=cause, what=output.clean(str(error)), log=output.last))
    except Exception as error:  # noqa: BLE001 - whoever waits for the build is told, whatever it was
        output.say(traceback.format_exc())
        return BuildEnd(failure=Failure(cause=Cause.INTERNAL, what=output.clean(repr(error)), log=output.last))


def _cleaned(failure: Failure, output: Output) -> Failure:
    log = tuple(output.clean(line) for line in failure.log or output.last)
    return msgspec.structs.replace(failure, what=output.clean(failure.what), log=log)


def _secrets(wanted: Wanted) -> list[str]:
    order = wanted.order
    urls = [order.source.url, *(value for value in wanted.environ.values() if "://" in value)]
    accesses = (order.access, *order.registries)
    opened = [secret for access in accesses for secret in secrets_of_access(access)]
    return [*order.env.values(), *opened, *(secret for url in urls for secret in secrets_of(url))]
