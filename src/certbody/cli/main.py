"""The command ``certbody`` and its groups."""

import sys

import click

from certbody import __version__
from certbody.cli.lazy import LazyGroup
from certbody.cli.output import asked_language, fail, ready
from certbody.rules.terms import BadInput, Refused
from certbody.schemes.faults import Faults


@click.group(
    cls=LazyGroup,
    commands_in={
        "account": "certbody.cli.account",
        "calc": "certbody.cli.calc",
        "criteria": "certbody.cli.criteria",
        "demo": "certbody.cli.demo",
        "log": "certbody.cli.log",
        "requirements": "certbody.cli.requirements",
        "scheme": "certbody.cli.scheme",
        "serve": "certbody.cli.serve",
        "work": "certbody.cli.serve",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__)
def cli() -> None:
    """Run a certification body by its rulebooks.

    Every figure comes from a rulebook's data and answers "why?" with its clause.
    Exit codes: 0 an answer, 1 the log is not whole, 2 bad usage or input, 3 refused by
    the rulebook.
    """


def main() -> None:
    """Run the command; no error leaves a traceback behind."""
    as_json = "--json" in sys.argv
    ready(as_json=as_json)
    try:
        code = cli.main(standalone_mode=False)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except (Refused, BadInput, Faults, click.ClickException, OSError) as error:
        if isinstance(error, click.UsageError) and error.ctx is not None and not as_json:
            click.echo(error.ctx.get_usage(), err=True)
        fail(error, as_json=as_json, lang=asked_language())
    sys.exit(code if isinstance(code, int) else 0)
