"""Install the Debian packages that the tests (or the benchmarks) need and this machine lacks, or say how.

    scripts/debian.py tests docker haproxy buckets

Which they are stands in `pyproject.toml`, table `tool.homeport.debian.tests`: command = package. Root installs them,
loudly; anybody else is told the command. What tests can do without (`docker`, `haproxy`, `buckets`: they skip
themselves, loudly) is no failure where it cannot be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONAL = frozenset({"docker", "haproxy", "buckets"})


def missing_packages(commands: dict[str, str]) -> list[str]:
    """Return the packages of the commands that are not on the PATH, each once, in the order of the table."""
    return list(dict.fromkeys(package for command, package in commands.items() if not _found(command)))


def _found(command: str) -> bool:
    # Debian puts servers where only root looks.
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    return shutil.which(command, path=places) is not None


def install(packages: list[str], whose: str) -> int:
    """Install the packages that `whose` need and return 0, or say what to do and return 1."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        how = f"Install and run make again: sudo {' '.join(command)}"
        print(f"setup: this machine lacks {', '.join(packages)} (for the {whose}). {how}")
        return 1
    print(f"setup: installing Debian packages for the {whose}: {' '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        if subprocess.run(step, env=environment, check=False, stdout=subprocess.DEVNULL).returncode != 0:
            print(f"setup: failed: {' '.join(step)}")
            return 1
    return 0


def main(*tables: str) -> int:
    """Do it for tables in `pyproject.toml`; return the exit code."""
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return max(_provide(configuration["tool"]["homeport"]["debian"][whose], whose) for whose in tables)


def _provide(commands: dict[str, str], whose: str) -> int:
    packages = missing_packages(commands)
    if not packages or install(packages, whose) == 0:
        return 0
    if whose not in OPTIONAL:
        return 1
    print(f"setup: without {', '.join(packages)} the tests that need {whose} are skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
