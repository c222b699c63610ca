"""What commands that need an installation have in common: ``--data``, opened before they begin."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default="data",
    show_default=True,
    help="Directory of the installation: database, files, key, licensed criteria.",
)


def installed(command: Callable[P, R]) -> Callable[..., R]:
    """Give a command ``--data`` and open that installation first."""

    @data_option
    @wraps(command)
    def with_data(data: Path, *args: P.args, **kwargs: P.kwargs) -> R:
        from certbody.config import installation  # noqa: PLC0415  Django loads only here

        with told():
            installation.opened(data)
        return command(*args, **kwargs)

    return with_data


@contextmanager
def told() -> Iterator[None]:
    """Turn what an installation says against running into an error of the command."""
    from certbody.config.installation import CannotRun  # noqa: PLC0415  Django loads only here

    try:
        yield
    except CannotRun as reason:
        raise click.ClickException(str(reason)) from reason
