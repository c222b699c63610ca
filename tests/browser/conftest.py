"""A server of its own and Debian's Chromium: nothing is shared, nothing is skipped."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

SCHEMES = Path(__file__).resolve().parent.parent / "rulebooks" / "schemes"
START = (
    "import sys; from pathlib import Path; from certbody.config.serving import serve; "
    "serve(Path(sys.argv[1]), int(sys.argv[2]))"
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONG_ENOUGH = 90
PASSWORD = "correct horse battery"  # noqa: S105  of accounts that live as long as these tests
STAFF = {
    "admin": ("administrator", None),
    "chenjing": ("application_reviewer", "admin"),
    "zhaowen": ("decision_maker", "admin"),
}


@pytest.fixture(scope="package")
def data(tmp_path_factory) -> Path:
    """The data directory of the running server."""
    return Path(tmp_path_factory.mktemp("browser")) / "data"


@pytest.fixture(scope="package")
def server(data) -> Iterator[str]:
    """The address of a running server with the shipped rulebooks and an invented one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", START, str(data), str(port)],
        env={**clean_environment(), "CERTBODY_SCHEMES": str(SCHEMES)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, running)
        yield address
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(LONG_ENOUGH)


def clean_environment() -> dict[str, str]:
    """The environment of somebody who starts the program, without what the tests added to it."""
    own = {"DJANGO_SETTINGS_MODULE", "CERTBODY_DATA", "DATABASE_URL"}
    return {name: value for name, value in os.environ.items() if name not in own}


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz"):  # noqa: S310  our own server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; a machine without one fails and learns the command that brings it."""
    path = shutil.which("chromium")
    assert path, "apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser, server) -> Iterator[BrowserContext]:
    """A fresh visitor."""
    visitor = browser.new_context(base_url=server, reduced_motion="reduce")
    yield visitor
    visitor.close()


@pytest.fixture
def page(context) -> Iterator[Page]:
    """A page that may neither fail nor complain."""
    complaints: list[str] = []
    shown = context.new_page()
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield shown
    assert not complaints


@pytest.fixture(scope="package")
def staff(server, data):
    """The body's people, opened by the command line as in a new installation."""
    assert server
    for login, (role, by) in STAFF.items():
        command = [sys.executable, "-m", "certbody", "account", "open", "--data", str(data)]
        command += ["--login", login, "--name", login, "--email", f"{login}@example.org"]
        command += ["--role", role, *(["--by", by] if by else [])]
        subprocess.run(  # noqa: S603  our own program
            command, env=clean_environment(), input=f"{PASSWORD}\n", text=True, check=True
        )
    return STAFF


@pytest.fixture
def visit(browser, server):
    """Opens a browser for somebody; every page must load without complaint."""
    contexts = []

    def opened(**options) -> Page:
        context = browser.new_context(base_url=server, reduced_motion="reduce", **options)
        contexts.append(context)
        page: Page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("登录").first.fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page).not_to_have_url(re.compile("sign-in"))
