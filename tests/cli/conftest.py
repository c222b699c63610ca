"""Rulebooks are read once for all these tests, and again as soon as a file of theirs changes."""

from pathlib import Path
from typing import Any

import pytest

from certbody.schemes import catalogue, loader


@pytest.fixture(scope="session", autouse=True)
def read_once():
    """Remember loaded rulebooks by directory, readings and the state of each file."""
    remembered: dict[object, Any] = {}
    load = loader.load

    def known(directory: Path, **how: Any) -> Any:
        if how.get("replaced"):
            return load(directory, **how)
        paths = sorted((*directory.glob("*.yaml"), *directory.parent.glob("scheme.yaml")))
        states = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in paths)
        chosen = tuple(sorted((how.get("override") or {}).items()))
        key = (directory.resolve(), states, chosen, how.get("published"))
        if key not in remembered:
            remembered[key] = load(directory, **how)
        return remembered[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "load", known)
        yield


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch, tmp_path):
    """No scheme, data or language of whoever runs the tests gets in."""
    for name in ("CERTBODY_SCHEMES", "CERTBODY_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CERTBODY_DATA", str(tmp_path / "data"))
