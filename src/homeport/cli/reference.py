"""The reference pages of commands and settings, written from the code: `python -m homeport.cli.reference [--check]`.

They lie in docs/reference of a checkout; a test compares them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from homeport.cli.failures import MEANINGS
from homeport.cli.main import cli
from homeport.cli.settings_options import shown_default
from homeport.settings import SECRET, describe, flag_of, variable_of

FOLDER: Final = Path("docs/reference")

_WIDTH: Final = 110
_HEAD: Final = "<!-- Written by `python -m homeport.cli.reference`; change the code, not this page. -->\n"


def pages() -> dict[str, str]:
    """Return the text of each page by its file name."""
    return {"cli.md": _cli_page(), "settings.md": _settings_page()}


def _cli_page() -> str:
    codes = "\n".join(f"| {int(code)} | {meaning} |" for code, meaning in MEANINGS.items())
    commands = "\n".join(f"## `{path}`\n\n```text\n{help_}\n```\n" for path, help_ in helps())
    return f"""{_HEAD}
# Commands

Every command that calls an engine finds it by `--endpoint`, else by what a local engine left in the data folder. It
signs with `HOMEPORT_ACCESS_KEY` and `HOMEPORT_SECRET_KEY`, else with the credentials in the data folder. With `--json`
it prints one JSON document to standard output and nothing else; a failure is the document `{{"error": {{…}}}}`. On a
terminal jobs are shown as bars, elsewhere as a line a move; `NO_COLOR` is honoured.

## Exit codes

| code | meaning |
|---|---|
{codes}

{commands}"""


def contexts() -> Iterator[click.Context]:
    """Yield every command that is not hidden, groups before what is in them, in the context it is called in."""
    names = ["-h", "--help"]
    with click.Context(cli, info_name="homeport", terminal_width=_WIDTH, help_option_names=names) as context:
        yield from _contexts(context)


def _contexts(context: click.Context) -> Iterator[click.Context]:
    yield context
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if found is not None and not found.hidden:
            with click.Context(found, info_name=name, parent=context, terminal_width=_WIDTH) as inner:
                yield from _contexts(inner)


def helps() -> Iterator[tuple[str, str]]:
    """Yield each command as it is typed, and its help."""
    for context in contexts():
        yield context.command_path, context.get_help()


def _settings_page() -> str:
    rows = "\n".join(
        f"| `{facts.name}` | `{flag_of(facts.name)}` | `{variable_of(facts.name)}` | {_default(shown_default(facts))} "
        f"| {facts.allowed} | {facts.description}{' Never shown.' if facts.name in SECRET else ''} |"
        for facts in describe()
    )
    return f"""{_HEAD}
# Settings

A setting is given as a flag of `homeport serve`, as an environment variable, or in a TOML file that `--config` (or
`HOMEPORT_CONFIG`) names. A flag counts before a variable, a variable before the file, the file before the default. In
the file each setting has the name of the first column:

```toml
port = 8223
driver = "process"
file_sources = ["/srv/packages"]
```

| setting | flag | variable | default | allowed | what it is |
|---|---|---|---|---|---|
{rows}
"""


def _default(text: str) -> str:
    return f"`{text}`" if text else ""


def write(folder: Path) -> list[Path]:
    """Write the pages that differ and return them."""
    changed = []
    for name, text in pages().items():
        file = folder / name
        if not file.exists() or file.read_text() != text:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            changed.append(file)
    return changed


def stale(folder: Path) -> list[str]:
    """Return the names of the pages that are not as the code has it."""
    return [name for name, text in pages().items() if not _is(folder / name, text)]


def _is(file: Path, text: str) -> bool:
    return file.exists() and file.read_text() == text


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 when a page is stale.")
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True, help="Where they lie.")
def main(check: bool, folder: Path) -> None:
    """Write docs/reference/cli.md and settings.md from the code."""
    for name in stale(folder) if check else map(os.fspath, write(folder)):
        click.echo(f"{'stale' if check else 'written'}: {name}")
    if check and stale(folder):
        raise click.exceptions.Exit(1)


if __name__ == "__main__":
    main()
