"""``certbody serve`` and ``certbody work``: start the product, or only its jobs."""

from pathlib import Path

import click

from certbody.cli.data import data_option, told


@click.command()
@data_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--demo", is_flag=True, help="With invented clients and staff, shown at start.")
def serve(data: Path, port: int, host: str, *, demo: bool) -> None:
    """Start the product on this machine; everything it keeps lies under --data."""
    from certbody.config import serving  # noqa: PLC0415  Django loads only here

    with told():
        serving.serve(data, port, host, demo=demo)


@click.command()
@data_option
def work(data: Path) -> None:
    """Do the jobs only: for installations whose pages other machines serve."""
    from certbody.config import serving  # noqa: PLC0415  Django loads only here

    with told():
        serving.work(data)
