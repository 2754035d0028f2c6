"""``forensics claims``: the assertions of an incident document, judged."""

from __future__ import annotations

import click

from forensics.cli import options


@click.command("claims")
@click.argument("claims_file", metavar="CLAIMS.toml", type=click.Path(path_type=str))
@options.dumps
@options.max_expansion
@options.as_json
def command(claims_file: str, files: tuple[str, ...], max_expansion: int | None, as_json: bool) -> None:
    """Each claim: supported, contradicted, or not testable with this evidence, with figures.

    The format of the file is in docs/claims.md.
    """
    from forensics.diagnose.claims import claims
    from forensics.diagnose.claims_file import read_claims
    from forensics.readers import load

    file = read_claims(claims_file)
    judged = claims(file, [load(each, max_expansion_bytes=max_expansion) for each in files])
    if as_json:
        document = judged.to_json()
        document.pop("schema")
        options.emit_json("claims", document)
    else:
        click.echo(str(judged))
