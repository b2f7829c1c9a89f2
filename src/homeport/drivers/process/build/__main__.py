"""`python -m homeport.drivers.process.build FOLDER`: carry out the order in FOLDER, and leave `result.json` there."""

from __future__ import annotations

import errno
import sys
import traceback
from pathlib import Path

import msgspec

from homeport.drivers.process.build.git_access import secrets_of_access
from homeport.drivers.process.build.output import Output
from homeport.drivers.process.build.steps import Building
from homeport.drivers.process.layout import write_whole
from homeport.drivers.process.sources import secrets_of
from homeport.drivers.process.wire import ACCESS_FILE, BuildEnd, BuildSpec
from homeport.model.causes import Cause, Failure, TaskFailed
from homeport.model.workloads import Access


def main(folder: Path) -> int:
    """Build; 0 when there is a release afterwards, 1 when there is a failure in the result."""
    spec = msgspec.json.decode((folder / "order.json").read_bytes(), type=BuildSpec)
    order = msgspec.structs.replace(spec.order, access=_taken_access(folder))
    end = carry_out(msgspec.structs.replace(spec, order=order), folder)
    write_whole(folder / "result.json", msgspec.json.encode(end))
    return 1 if end.failure else 0


def _taken_access(folder: Path) -> Access | None:
    """Return the credential that was laid down for this build, and leave nothing of it where a source could read it."""
    file = folder / ACCESS_FILE
    if not file.exists():
        return None
    access = msgspec.json.decode(file.read_bytes(), type=Access)
    file.unlink()
    return access


def carry_out(spec: BuildSpec, folder: Path) -> BuildEnd:
    """Build in a working folder, the log going to standard output, and return how it ended."""
    output = Output(_secrets(spec))
    end = _attempt(spec, folder, output)
    if end.failure is not None:
        output.say(end.failure.what)
    return end


def _attempt(spec: BuildSpec, folder: Path, output: Output) -> BuildEnd:
    try:
        return BuildEnd(artifact=Building(spec, folder, output).run())
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


def _secrets(spec: BuildSpec) -> list[str]:
    urls = [spec.order.source.url, *(value for value in spec.environ.values() if "://" in value)]
    access = secrets_of_access(spec.order.access)
    return [*spec.order.env.values(), *access, *(secret for url in urls for secret in secrets_of(url))]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
