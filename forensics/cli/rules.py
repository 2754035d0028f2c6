"""The options by which a user adds rules and says what is own, shared by the verbs that attribute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forensics.cli import options

if TYPE_CHECKING:
    from forensics.attribute import UserRules

rules = click.option(
    "--rules",
    "rule_file",
    metavar="FILE",
    help="Rules of your own (TOML). Default: [tool.forensics] of ./pyproject.toml, if it is there.",
)
own = click.option(
    "--own", multiple=True, metavar="PATTERN", help="Files that are the application's, such as '*/plugins/*'."
)


def of_one_dump(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a verb that attributes one dump: its moment, rules, own code, size and form."""
    for option in (options.as_json, options.max_expansion, own, rules, options.moment):
        command = option(command)
    return command


def user_rules(rule_file: str | None, own_patterns: tuple[str, ...]) -> UserRules:
    """The user's rules; patterns of the command line win over those of the file. Raises BadRules."""
    from forensics.attribute import UserRules, load_rules

    project = Path("pyproject.toml")
    found = load_rules(rule_file) if rule_file else load_rules(project) if project.is_file() else UserRules()
    return UserRules(rules=found.rules, own=own_patterns or found.own)
