"""The secret key: made once, for the owner's eyes only, never in the repository."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from certbody.config.secret import FILE, secret_key


def test_the_key_is_made_once(tmp_path):
    key = secret_key(tmp_path / "data")

    assert len(key) >= 50
    assert secret_key(tmp_path / "data") == key
    assert secret_key(tmp_path / "other") != key
    assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE]


def test_only_the_owner_may_read_it(tmp_path):
    secret_key(tmp_path)

    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_key_that_others_can_read_is_refused(tmp_path):
    secret_key(tmp_path)
    (tmp_path / FILE).chmod(0o644)

    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        secret_key(tmp_path)


def test_an_empty_key_is_refused(tmp_path):
    (tmp_path / FILE).touch(mode=0o600)

    with pytest.raises(ImproperlyConfigured, match="is empty"):
        secret_key(tmp_path)


def test_starting_together_makes_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path), range(24)))

    assert len(keys) == 1
