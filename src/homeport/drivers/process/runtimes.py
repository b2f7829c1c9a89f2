"""What driver `process` can run: a runtime whose program is on this machine, and no image."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from homeport.drivers.sources.runtimes import runtime_of
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.workloads import BuildOrder


def refuse_images(order: BuildOrder) -> None:
    """Pass when an order is for no image.

    Raises:
        TaskFailed: it is (`source-unsupported`).
    """
    if order.source.type == "image" or order.runtime == "Docker":
        raise failed(
            Cause.SOURCE_UNSUPPORTED,
            "driver process runs packages and repositories as plain processes, not images",
            advice="Send source.type softwarePackage or code, or use an environment of driver docker "
            "(homeport serve --driver docker).",
        )


def check_runtime(order: BuildOrder, environ: Mapping[str, str]) -> None:
    """Pass when what the order's runtime needs is on this machine.

    The number in a runtime's name is not held against the machine: what is there is used.

    Raises:
        TaskFailed: it is not (`runtime-missing`), or the runtime is unknown or not built yet (`source-unsupported`).
    """
    runtime = runtime_of(order.runtime)
    if runtime.family == "Tomcat":
        raise failed(
            Cause.SOURCE_UNSUPPORTED,
            f"driver process does not run .war files on Tomcat yet (runtime {order.runtime})",
            advice="Pack the program with its server as a runnable .jar or .war, and use runtime Java17.",
        )
    if runtime.interpreter and not is_here(runtime.interpreter, environ):
        raise missing(f"runtime {order.runtime}", runtime.interpreter, runtime.packages)


def is_here(program: str, environ: Mapping[str, str]) -> bool:
    """Tell whether a program is on the search path."""
    return shutil.which(program, path=environ.get("PATH")) is not None


def missing(what: str, program: str, packages: str) -> TaskFailed:
    """Return the failure that `what` needs a program which this machine lacks; `packages` of Debian would bring it."""
    how = f" (Debian: apt-get install {packages})" if packages else ""
    return failed(
        Cause.RUNTIME_MISSING,
        f"{what} needs `{program}`, which is not on this machine",
        advice=f"Install it{how}, or use a runtime that is here (homeport doctor).",
    )
