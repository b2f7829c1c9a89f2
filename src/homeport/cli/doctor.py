"""`homeport doctor`: what is wrong on this machine, and what to do about it."""

from __future__ import annotations

import click
import msgspec

from homeport.cli.checks import CHECKS
from homeport.cli.failures import ExitCode
from homeport.cli.session import json_option, output
from homeport.cli.settings_options import with_settings
from homeport.settings import Settings

_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


@click.command()
@with_settings(only=("host", "port", "data_dir", "driver", "docker_host", "router"))
@json_option
def doctor(settings: Settings) -> None:
    """Look for what is wrong on this machine, and say what to do.

    Exit code 1 when something is found without which nothing works.
    """
    out = output()
    findings = [finding for check in CHECKS for finding in check(settings)]
    width = max(len(finding.matter) for finding in findings)
    for finding in findings:
        mark, colour = _MARKS[finding.state]
        out.line(f"{click.style(mark, fg=colour)} {finding.matter.ljust(width)}  {finding.found}")
        if finding.advice:
            out.line(f"  {' ' * width}  → {finding.advice}")
    bad = any(finding.state == "fail" for finding in findings)
    out.document({"healthy": not bad, "findings": msgspec.to_builtins(findings)})
    if bad:
        raise click.exceptions.Exit(ExitCode.FAILED)
