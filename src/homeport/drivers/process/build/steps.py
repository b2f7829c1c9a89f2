"""The steps from an order to a release."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from homeport.drivers.process.build import python
from homeport.drivers.process.release import Release, artifact_of, write_release
from homeport.drivers.process.runtimes import is_here, missing
from homeport.drivers.process.wire import BuildSpec
from homeport.drivers.sources import commands, node
from homeport.drivers.sources.conventions import Step
from homeport.drivers.sources.obtaining import obtain
from homeport.drivers.sources.output import Output
from homeport.drivers.sources.runtimes import runtime_of
from homeport.model.causes import Cause, failed
from homeport.model.workloads import Artifact

_APP: Final = "app"


class Building:
    """One build, in its own folder `work`."""

    def __init__(self, spec: BuildSpec, work: Path, output: Output) -> None:
        self._spec = spec
        self._work = work
        self._output = output
        self._release = Path(spec.release)
        self._source = self._release / _APP
        self._runtime = runtime_of(spec.order.runtime)
        self._parameters = spec.order.build.parameters if spec.order.build else {}
        self._wheel: Path | None = None

    def run(self) -> Artifact:
        """Make the release and return the artifact that it is.

        Raises:
            TaskFailed: the source cannot be had, is no good, or does not build.
        """
        shutil.rmtree(self._release, ignore_errors=True)
        self._release.mkdir(parents=True, mode=0o700)
        self._fetch()
        steps = commands.build_steps(self._source, self._runtime, self._parameters.get("build_cmd"))
        self._refuse_missing(steps)
        self._say_version()
        if self._is_python:
            self._make_environment(with_pip=bool(steps))
        for step in steps:
            self._run(step.command)
        shutil.rmtree(self._source / ".git", ignore_errors=True)
        write_release(self._release, self._described())
        self._output.say(f"Release {self._spec.order.id} is ready")
        return artifact_of(self._spec.order)

    @property
    def _is_python(self) -> bool:
        return self._runtime.family == "Python"

    def _fetch(self) -> None:
        whole = obtain(self._spec, self._work, self._source, self._environ(), self._output)
        if whole is None or whole.suffix != ".whl":
            return
        if not self._is_python:
            what = f"{whole.name} is a Python wheel, and the runtime is {self._spec.order.runtime}"
            raise failed(Cause.SOURCE_UNSUPPORTED, what, advice="Use runtime Python3.")
        self._wheel = whole.rename(self._work / whole.name)

    def _refuse_missing(self, steps: Sequence[Step]) -> None:
        environ = self._environ()
        for step in steps:
            if step.program and not is_here(step.program, environ):
                raise missing(step.reason, step.program, step.packages)

    def _say_version(self) -> None:
        """Log which version is here: the number in the runtime's name is what was asked for."""
        program, flag = self._runtime.interpreter, self._runtime.version
        if flag and is_here(program, self._environ()):
            self._output.say(f"Runtime {self._spec.order.runtime} is what {program} is on this machine:")
            self._output.run((program, flag), folder=self._source, environ=self._environ())

    def _make_environment(self, *, with_pip: bool) -> None:
        python.make_environment(self._release)
        what = [str(self._wheel)] if self._wheel else python.requirements_of(self._source)
        if what:
            python.install(self._release, what, self._source, self._output, self._environ())
        if with_pip:
            python.add_pip(self._release, self._output, self._environ())

    def _run(self, command: str) -> None:
        self._output.say(f"Running {command}")
        code, said = self._output.run(("/bin/sh", "-c", command), folder=self._source, environ=self._environ())
        if code != 0:
            cause = Cause.DISK_FULL if "No space left on device" in said else Cause.BUILD_FAILED
            raise failed(cause, f"`{command}` ended with exit code {code}", log=self._output.last)

    def _described(self) -> Release:
        scripts = (
            python.console_scripts(self._release, self._wheel)
            if self._wheel
            else commands.project_scripts(self._source) * self._is_python
        )
        artifact_name = self._parameters.get("artifact_name")
        command = commands.start_command(self._source, self._runtime, scripts, artifact_name)
        self._output.say(f"Start command: {command.removeprefix('exec ')}")
        if self._runtime.family == "Nodejs":
            return Release(command=command, folder=_APP, path=node.PATH, environ=node.ENVIRON)
        if not self._is_python:
            return Release(command=command, folder=_APP)
        return Release(
            command=command,
            folder=_APP,
            path=(f"{python.VENV}/bin",),
            environ={"VIRTUAL_ENV": str(self._release / python.VENV), "PYTHONUNBUFFERED": "1"},
        )

    def _environ(self) -> dict[str, str]:
        environ = self._spec.environ | self._spec.order.env
        if self._runtime.family == "Nodejs":
            return node.BUILD_ENVIRON | environ
        if not self._is_python:
            return environ
        venv = self._release / python.VENV
        path = os.pathsep.join((str(venv / "bin"), environ["PATH"]))
        return environ | {"PATH": path, "VIRTUAL_ENV": str(venv), "PYTHONUNBUFFERED": "1"}
