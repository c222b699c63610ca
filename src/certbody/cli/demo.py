"""``certbody demo …``: the accounts of a demonstration, once more."""

import click

from certbody.cli.data import installed


@click.group()
def demo() -> None:
    """A demonstration: its accounts."""


@demo.command()
@installed
def accounts() -> None:
    """Print every account: role, login, password, API token, between tabs."""
    from certbody.demo import making  # noqa: PLC0415  models need the settings

    if not making.is_one():
        raise click.ClickException(
            "此安装不是演示：用 certbody serve --demo 建立。"
            " This installation is no demonstration: certbody serve --demo makes one."
        )
    click.echo("\n".join(making.accounts(everybody=True)))
