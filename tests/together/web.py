"""A real server, and somebody at it with a browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from tests.people import PASSWORD

UP_WITHIN = 120


@dataclass
class Server:
    """``certbody serve`` on an installation."""

    environment: Mapping[str, str]
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = free_port()
        command = [sys.executable, "-m", "certbody", "serve", "--data"]
        self.process = subprocess.Popen(  # noqa: S603  our own program
            [*command, self.environment["CERTBODY_DATA"], "--port", str(self.port)],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + UP_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.at("healthz")).close()  # noqa: S310  http only
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server did not come up")

    def at(self, path: str) -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def kill(self) -> None:
        """Kill it with all its processes, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@dataclass
class Browser:
    """Somebody who is signed in."""

    server: Server
    cookies: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), NoRedirect
        )

    def signs_in(self, login: str) -> None:
        """Sign in."""
        self.opener.open(self.server.at("sign-in/")).close()
        assert self.posts("sign-in/", login=login, password=PASSWORD) == 302

    def posts(self, path: str, **values: str) -> int:
        """Send a form; return the status of the answer, or 0 where none came."""
        (token,) = [one.value or "" for one in self.cookies if one.name == "csrftoken"]
        form = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": token})
        try:
            self.opener.open(self.server.at(path), form.encode()).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code
        except OSError:
            return 0
        return 200


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Takes a redirection for an answer: it says that the act is done."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
