"""What is said at start: what to open, where the data are, and how to come in."""

from pathlib import Path

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  told apart, not bound to


def greeting(data: Path, host: str, port: int, *, seconds: float, accounts: str) -> str:
    """Return the words of the start; ``accounts`` are a demonstration's, as lines."""
    shown = _ANYWHERE.get(host, host)
    shown = f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown
    return (
        f"{_coming_in(data, accounts)}"
        f"\n  请在浏览器中打开   http://{shown}:{port}/\n"
        f"  Open in a browser  http://{shown}:{port}/\n\n"
        f"  数据目录 data directory: {data.resolve()}\n"
        f"  用时 {seconds:.1f} 秒启动。 Started in {seconds:.1f} s.\n"
        f"  按 Ctrl-C 停止。 Ctrl-C stops it.\n"
    )


def _coming_in(data: Path, accounts: str) -> str:
    """Return the demonstration's accounts, or how the first administrator is made."""
    from certbody.accounts.models import Account  # noqa: PLC0415  models need the settings

    if accounts:
        return (
            "\n演示账号（角色、登录名、密码、接口令牌）。"
            f" Demo accounts (role, login, password, API token):\n\n{accounts}\n"
        )
    if Account.objects.exists():
        return ""
    command = (
        f"certbody account open --data {data} --role administrator"
        " --login LOGIN --name NAME --email EMAIL"
    )
    return (
        "\n  还没有账号。请另开终端建立第一个管理员：\n"
        "  There is no account yet. Make the first administrator in another terminal:\n\n"
        f"    {command}\n"
    )
