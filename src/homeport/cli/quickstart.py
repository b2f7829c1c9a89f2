"""`homeport quickstart`: from nothing to an application that answers, and how to go on from there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any, Final

import click
import httpx2

from homeport.cli import localengine
from homeport.cli.actions import execute
from homeport.cli.apps import usable_application
from homeport.cli.connection import CREDENTIALS_FILE, command
from homeport.cli.deploy import Wish, submit
from homeport.cli.env import usable_environment
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.following import show_job
from homeport.cli.howto import Example, how_to_call
from homeport.cli.jobend import watched
from homeport.cli.jobview import JobView
from homeport.cli.localengine import LocalEngine
from homeport.cli.output import Output, pretty
from homeport.cli.places import Application, Environment, Place, components, show_component
from homeport.cli.session import Session, json_option, output
from homeport.cli.settings_options import with_settings
from homeport.cli.sources import origin_of
from homeport.examples import HELLO, write_hello
from homeport.settings import Settings

ENVIRONMENT: Final = "quickstart"
APPLICATION: Final = "demo"
GREETING: Final = "Hello from Homeport"
_FIRST_VERSION: Final = "1.0.0"


@click.command()
@with_settings(only=("data_dir", "port"))
@click.option(
    "--exit", "and_exit", is_flag=True, help="End everything after the demonstration; exit code 0 if the job succeeded."
)
@json_option
def quickstart(settings: Settings, and_exit: bool) -> None:
    """Start an engine, deploy the bundled example, and show how to go on.

    The engine stays in the foreground until Ctrl-C. A second quickstart with the same data folder upgrades the example.
    """
    out = output()
    for number in (signal.SIGTERM, signal.SIGHUP):
        # The engine is a child in a session of its own: however this ends, it has to be ended in good order.
        signal.signal(number, signal.default_int_handler)
    # What every machine has, so that it is as quick and the same on each.
    engine = localengine.start(settings, ("--driver", "process", "--router", "embedded"))
    try:
        job, address = _demonstrate(out, settings, engine)
        if not and_exit and job.exit_code == ExitCode.SUCCESS:
            _stay(out, settings, engine, address)
    except KeyboardInterrupt:
        raise click.exceptions.Exit(ExitCode.INTERRUPTED) from None
    finally:
        try:
            if and_exit and engine.process is not None:
                _end_everything(out, settings)
        finally:
            engine.stop()
    raise click.exceptions.Exit(job.exit_code)


def _demonstrate(out: Output, settings: Settings, engine: LocalEngine) -> tuple[JobView, str]:
    """Deploy the example; return the job and where the example answers."""
    _tell_engine(out, settings, engine)
    # The engine just found or started is meant, whatever the environment says of another one.
    session = Session(out, settings.data_dir, environ={})
    try:
        return _deployed(session, engine.url)
    finally:
        session.close()


def _tell_engine(out: Output, settings: Settings, engine: LocalEngine) -> None:
    out.line(_heading("Engine"))
    how = "runs already and is used" if engine.process is None else "answers"
    out.line(f"{_tick()} Homeport {how} at {click.style(engine.url, bold=True)}")
    out.line(f"  Data folder: {settings.data_dir}")
    out.line(f"  Its log:     {engine.log}")
    out.line(f"  Credentials: {settings.data_dir / CREDENTIALS_FILE} (mode 0600; homeport commands find it)")


def _deployed(session: Session, url: str) -> tuple[JobView, str]:
    out = session.out
    out.line(_heading("Deployment"))
    environment = usable_environment(session, ENVIRONMENT, driver="process")
    application = usable_application(session, environment, APPLICATION)
    version = _next_version(session, environment, application)
    folder = write_hello(session.data_dir / "quickstart" / f"{HELLO}-{version}", version)
    out.line(f"The example `{HELLO}` {version} is deployed from {folder}")
    wish = Wish(origin=origin_of(str(folder)), name=HELLO, version=version, variables={"GREETING": GREETING})
    place, job_id = submit(session, environment, application, wish)
    job = watched(session, job_id)
    if job.exit_code == ExitCode.SUCCESS:
        place = show_component(session.api, place)
        _tell_result(session, url, place, job)
    else:
        out.document({"url": url, "job_id": job.id, "job": _job_as_answered(session, job)})
    return job, place.component.url


def _next_version(session: Session, environment: Environment, application: Application) -> str:
    """Return the version to deploy, one more than the one that is there; bring that one to where it can be upgraded."""
    found = [one for one in components(session.api, environment, application) if one.name == HELLO]
    if not found:
        return _FIRST_VERSION
    place = Place(environment, application, found[0])
    if found[0].spec.job_id and not show_job(session.api, found[0].spec.job_id).finished:
        watched(session, found[0].spec.job_id)
        place = show_component(session.api, place)
    if place.component.spec.status == "paused":
        watched(session, execute(session, place, "start"))
    first, _, last = (place.component.version or _FIRST_VERSION).rpartition(".")
    return f"{first}.{int(last) + 1}"


def _tell_result(session: Session, url: str, place: Place, job: JobView) -> None:
    out = session.out
    document, answer = _job_as_answered(session, job), _application_answer(place.component.url)
    out.line(_heading("The job, as the API answers it"))
    out.line(f"GET {url}{session.api.cae(f'/jobs/{job.id}')}")
    out.line(pretty(document))
    out.line(_heading("The application"))
    out.line(f"{_tick()} {click.style(place.component.url, bold=True)}")
    out.line(f"  {place.component.url}/health answers {json.dumps(answer)}")
    out.line(_heading("Call it yourself"))
    file = session.data_dir / CREDENTIALS_FILE
    out.line(how_to_call(url, session.api.project_id, file, session.data_dir, _example(place, job)))
    out.document(
        {
            "url": url,
            "credentials_file": str(file),
            "job_id": job.id,
            "job": document,
            "application": {"url": place.component.url, "health": answer},
        }
    )


def _job_as_answered(session: Session, job: JobView) -> Any:
    return session.api.call("GET", session.api.cae(f"/jobs/{job.id}"), environment_id=job.environment_id)


def _application_answer(url: str) -> Any:
    try:
        return httpx2.get(f"{url}/health", timeout=10.0, trust_env=False).raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as error:
        raise Failure(f"The job succeeded, but {url}/health does not answer: {error}") from error


def _example(place: Place, job: JobView) -> Example:
    return Example(
        job_id=job.id,
        environment_id=place.environment.id,
        application_id=place.application.id,
        component_id=place.component.id,
        version=place.component.version,
        source_url=str(place.component.spec.source["url"]),
    )


def _stay(out: Output, settings: Settings, engine: LocalEngine, address: str) -> None:
    """Keep a child in the foreground until Ctrl-C; leave an engine alone that ran before."""
    out.line(_heading("Go on"))
    out.line(f"Open the application:   {click.style(address, bold=True)}")
    out.line(f"Follow what happens:    {command('jobs list', settings.data_dir)}")
    out.line(f"Deploy your own folder: {command('deploy PATH', settings.data_dir)}")
    out.line(f"End everything:         {command('down', settings.data_dir)}")
    if engine.process is None:
        return
    try:
        out.line("\nThe engine runs in the foreground; Ctrl-C stops it.")
        engine.wait()
    except KeyboardInterrupt:
        engine.stop()
        out.line("\nThe engine has stopped. What it started goes on running, the example too.")
        out.line(f"  End it as well: {command('down', settings.data_dir)}")


def _end_everything(out: Output, settings: Settings) -> None:
    arguments = [sys.executable, "-m", "homeport.cli", "down", "--data-dir", str(settings.data_dir)]
    ended = subprocess.run(arguments, check=False, capture_output=True, text=True, env=os.environ)  # noqa: S603
    if ended.returncode != 0:
        raise Failure("Not everything could be ended", advice=ended.stderr.strip())
    out.line()
    out.line(f"{_tick()} {ended.stdout.strip()}")


def _heading(text: str) -> str:
    return "\n" + click.style(f"── {text} " + "─" * max(60 - len(text), 4), fg="cyan") + "\n"


def _tick() -> str:
    return click.style("✓", fg="green")
