"""An installation: its directory, its settings, its database. Commands begin here."""

import os
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from certbody.config.secret import FILE, secret_key


class CannotRun(SystemExit):
    """The program cannot run; its message, in both languages, is the last thing that is said."""


def made(data: Path, *, demo: bool = False) -> None:
    """Make an installation, or bring the one that is there up to date."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _settle(data, demo=demo)
        secret_key(data)
        call_command("migrate", verbosity=0, interactive=False)
    except (ImproperlyConfigured, OSError, DatabaseError) as error:
        raise _told(error, data) from error


def opened(data: Path) -> None:
    """Open an installation that is there and up to date; change nothing."""
    if not (data / FILE).exists():
        raise CannotRun(
            f"{data} 中没有安装：先运行 certbody serve --data {data}。\n"
            f"There is no installation in {data}: run certbody serve --data {data} first."
        )
    try:
        _settle(data)
        behind = _behind()
    except (ImproperlyConfigured, OSError, DatabaseError) as error:
        raise _told(error, data) from error
    if behind:
        raise CannotRun(
            f"{data} 的数据库需要升级：运行一次 certbody serve --data {data}。\n"
            f"The database of {data} is of an earlier version: run certbody serve --data {data}."
        )


def _settle(data: Path, *, demo: bool = False) -> None:
    os.environ["CERTBODY_DATA"] = str(data.resolve())
    if demo:
        os.environ["CERTBODY_DEMO"] = "true"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certbody.config.settings")
    django.setup()


def _behind() -> bool:
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _told(error: Exception, data: Path) -> CannotRun:
    if isinstance(error, ImproperlyConfigured):
        return CannotRun(f"设置有误：{error}\nA setting is wrong: {error}")
    return CannotRun(
        f"无法使用数据目录 {data}：{error}\nCannot use the data directory {data}: {error}"
    )
