"""``certbody account …``: the door of the command line to accounts, for the first one above all."""

import sys

import click

from certbody.cli.data import installed
from certbody.cli.output import emit, spoken
from certbody.words import Language


@click.group()
def account() -> None:
    """Accounts: open one."""


@account.command("open")
@click.option(
    "--login", required=True, help="Two to 64 of: a to z, 0 to 9, dot, hyphen, underscore."
)
@click.option("--name", required=True, help="The person's name.")
@click.option("--email", required=True)
@click.option("--role", "roles", multiple=True, required=True, help="Such as administrator.")
@click.option("--by", help="Login of the administrator who opens it; left out for the first one.")
@installed
@spoken
def open_(
    login: str,
    name: str,
    email: str,
    roles: tuple[str, ...],
    by: str | None,
    *,
    as_json: bool,
    lang: Language,
) -> None:
    """Open an account. The password is asked for, or read from a pipe."""
    from django.utils import timezone  # noqa: PLC0415  Django loads only here

    from certbody.accounts.models import Account  # noqa: PLC0415  models need the settings
    from certbody.accounts.roles import Role  # noqa: PLC0415  the same
    from certbody.accounts.transitions.open import open_account  # noqa: PLC0415  the same

    unknown = sorted(set(roles) - set(Role.values))
    if unknown:
        raise click.UsageError(f"--role: {', '.join(unknown)}; {', '.join(Role.values)}")
    administrator = Account.objects.filter(login=by).first() if by else None
    if by and administrator is None:
        raise click.UsageError(f"--by: {by}?")
    made = open_account(
        login=login,
        name=name,
        email=email,
        password=_password(lang),
        roles=[Role(role) for role in roles],
        by=administrator,
        at=timezone.now(),
    )
    told = {"zh": f"已开通账号 {made.login}", "en": f"opened the account {made.login}"}
    emit({"login": made.login, "roles": list(roles)}, told[lang], as_json=as_json)


def _password(lang: Language) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    words = {"zh": "密码", "en": "Password"}
    return str(click.prompt(words[lang], hide_input=True, confirmation_prompt=True, err=True))
