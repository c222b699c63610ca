"""The result of a criterion as a form sends it and shows it."""

from collections.abc import Mapping
from typing import Any

VERDICTS = ("met", "not_met", "not_applicable")


def value_of(sent: Mapping[str, str]) -> Any:  # noqa: ANN401  as the rules read results
    """Return what a form says of a criterion: samples, points or a verdict.

    What is typed goes before what is ticked; whether it is a result, the rules say.
    """
    samples, failed = sent.get("samples", "").strip(), sent.get("failed", "").strip()
    if samples or failed:
        return {"samples": samples, "failed": failed}
    return sent.get("points", "").strip() or sent.get("verdict", "")


def shown(value: object) -> dict[str, str]:
    """Return how a saved result fills the form's fields again."""
    if isinstance(value, Mapping):
        return {name: str(value.get(name, "")) for name in ("samples", "failed")}
    text = "" if value is None else str(value)
    return {"verdict": text} if text in VERDICTS else {"points": text}
