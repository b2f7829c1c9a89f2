"""Packages made for a test, and builds carried out in its own process."""

import io
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from homeport.drivers.process.release import read_release
from homeport.drivers.sources.wanted import BuildEnd
from homeport.model.causes import Failure
from homeport.model.workloads import Source


class Pack:
    """Makes packages in a folder, and returns them as sources."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def of(self, kind: str, files: dict[str, str]) -> Source:
        """Return a package of a kind: zip, jar, war, tar.gz, tgz or folder."""
        return self.folder(files) if kind == "folder" else self._written(f"app.{kind}", self.content(kind, files))

    def content(self, kind: str, files: dict[str, str]) -> bytes:
        """Return the bytes of a package."""
        content = io.BytesIO()
        if kind in ("zip", "jar", "war"):
            with zipfile.ZipFile(content, "w") as archive:
                for name, text in files.items():
                    archive.writestr(name, text)
            return content.getvalue()
        with tarfile.open(fileobj=content, mode="w:gz") as packed:
            for name, text in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(text)
                packed.addfile(info, io.BytesIO(text.encode()))
        return content.getvalue()

    def folder(self, files: dict[str, str]) -> Source:
        """Return a folder with these files."""
        folder = self._place()
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return Source("softwarePackage", folder.as_uri())

    def wheel(self, name: str, module: str, *scripts: str) -> Source:
        """Return a wheel of one module, with console scripts that call its `main`."""
        info = f"{name}-1.0.dist-info"
        points = "[console_scripts]\n" + "".join(f"{script} = {name}:main\n" for script in scripts)
        files = {
            f"{name}.py": module,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": points,
            f"{info}/RECORD": "",
        }
        return self._written(f"{name}-1.0-py3-none-any.whl", self.content("zip", files))

    def _written(self, name: str, content: bytes) -> Source:
        path = self._place() / name
        path.write_bytes(content)
        return Source("softwarePackage", path.as_uri())

    def _place(self) -> Path:
        self._count += 1
        folder = self._folder / f"package-{self._count}"
        folder.mkdir()
        return folder


class Built:
    """What came of a build that ran in this process: a release with its command, or a failure."""

    def __init__(self, end: BuildEnd, folder: Path, log: str) -> None:
        self.end = end
        self.folder = folder
        self.app = folder / "app"
        self.log = log

    @property
    def failure(self) -> Failure | None:
        """Why there is no release."""
        return self.end.failure

    @property
    def command(self) -> str:
        """How the release is started."""
        release = read_release(self.folder)
        assert release is not None, self.end.failure
        return release.command


class Tools:
    """A machine with nothing but stand-ins for build tools: each tells how it was called, then does what it would."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, then: str = "true") -> None:
        """`then` is what every stand-in does; a shell, mkdir, cp and basename are there too."""
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.says = f'echo "$(basename "$0") $*" && {then}'
        for program in ("sh", "mkdir", "cp", "basename"):
            (self.bin / program).symlink_to(str(shutil.which(program)))
        monkeypatch.setenv("PATH", str(self.bin))

    def add(self, name: str) -> None:
        """Let a program of this name be there."""
        (self.bin / name).write_text(f"#!/bin/sh\n{self.says}\n")
        (self.bin / name).chmod(0o755)
