"""``forensics diagnose``: findings, most guilty first, and whether it fits."""

from __future__ import annotations

import click

from forensics.cli import options
from forensics.cli import rules as rule_options


@click.command("diagnose")
@options.dumps
@options.limit
@click.option(
    "--repo", metavar="DIR", type=click.Path(exists=True, file_okay=False), help="The program's sources."
)
@rule_options.rules
@rule_options.own
@options.max_expansion
@options.as_json
def command(
    files: tuple[str, ...],
    limit: int | None,
    repo: str | None,
    rule_file: str | None,
    own: tuple[str, ...],
    max_expansion: int | None,
    as_json: bool,
) -> None:
    """What holds the memory, with evidence and confidence, and whether it fits the limit.

    Of several files, the one with the highest peak comes first. Snapshots of one run, given in time
    order, tell together what grew from each to the next, what filled up and what stayed.
    """
    user = rule_options.user_rules(rule_file, own)
    from forensics.diagnose import diagnose
    from forensics.readers import load

    captures = [load(file, max_expansion_bytes=max_expansion) for file in files]
    found = diagnose(captures, limit=limit, repo=repo, rules=user.rules, own=user.own or None)
    if as_json:
        document = found.to_json()
        document.pop("schema")
        options.emit_json("diagnose", document)
    else:
        click.echo(str(found))
