"""``forensics VERB``: one module a verb, imported when it is called.

Exit codes: 0 fine; 1 the gate says no; 2 wrong usage; 3 a dump could not be read.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from forensics.errors import BadProfile, ForensicsError, UsageError

#: Verb to its line in ``forensics --help``. The command is ``command`` in ``forensics.cli.<verb>``.
VERBS: dict[str, str] = {
    "info": "What a dump is, whether it is whole, which moments it has.",
    "causes": "The ledger: what the memory is for, adding up to the whole.",
    "top": "The heaviest functions, files, modules, owners or lines.",
    "diagnose": "Findings, most guilty first, and whether it fits a limit.",
    "why": "Which rule gave these bytes to this cause, and the runner-up.",
    "claims": "The assertions of an incident document, judged.",
    "replay": "The exact peak, and what it would have been without a suspect.",
    "report": "The executed notebook, as a page or a notebook to share.",
    "pull": "Fetch a dump from a debug endpoint, ours or Go's, and say what it is.",
    "record": "Run a command and capture it, with a side-car: commit, limits, samples.",
    "convert": "Write a dump as pprof, speedscope, folded stacks or Parquet.",
}

EXIT_USAGE, EXIT_UNREADABLE, EXIT_INTERRUPTED = 2, 3, 130


class LazyGroup(click.Group):
    """A group that imports the module of a verb only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return import_module(f"forensics.cli.{name}").command if name in VERBS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="heap-forensics", prog_name="forensics")
def cli() -> None:
    """What held the memory, why, and what would have been without it."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every known error is one line on stderr."""
    try:
        code = cli.main(arguments, prog_name="forensics", standalone_mode=False)
    except click.exceptions.Abort:
        code = EXIT_INTERRUPTED
    except click.UsageError as error:
        code = fail(error.format_message(), EXIT_USAGE)
    except click.ClickException as error:
        code = fail(error.format_message(), error.exit_code)
    except UsageError as error:
        code = fail(str(error), EXIT_USAGE)
    except BadProfile:
        raise
    except ForensicsError as error:
        code = fail(str(error), EXIT_UNREADABLE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def fail(line: str, code: int) -> int:
    """One line on stderr, control characters made visible; returns the exit code."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    click.echo(f"forensics: {shown}", err=True)
    return code
