"""Programs of the tests: each calls with the token of a person."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from certbody.accounts.scopes import SCOPES
from certbody.accounts.transitions.tokens import make_token


class Program:
    """A program that acts for somebody."""

    def __init__(self, account, scopes=SCOPES):
        now = timezone.now()
        self.token, text = make_token(
            name="tests", scopes=scopes, ends_at=now + timedelta(days=1), by=account, at=now
        )
        self.authorization = f"Bearer {text}"
        self.browser = Browser(headers={"authorization": self.authorization})

    def get(self, path, **headers):
        return self.browser.get(f"/api/v1{path}", headers=headers)

    def post(self, path, body=None, key=None, **headers):
        if key is not None:
            headers["idempotency-key"] = key
        return self.browser.post(
            f"/api/v1{path}", body or {}, content_type="application/json", headers=headers
        )

    def put(self, path, body, **headers):
        return self.browser.put(
            f"/api/v1{path}", body, content_type="application/json", headers=headers
        )


@pytest.fixture
def program():
    """A program for an account."""
    return Program
