"""Build hook: put the data that stand at the root of the repository inside the wheel.

Rulebooks and requirements stand at the root, where a lawyer finds them; an installed wheel has no
such root. A plain ``force-include`` would also copy them into an editable install, where the copy
goes stale with the first edit of the checkout. Hence this hook: real wheels only.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {
    "schemes": "certbody/_schemes",
    "docs/requirements": "certbody/_requirements",
}


class ShipData(BuildHookInterface[Any]):
    """Tell hatchling what else belongs into a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data, unless the wheel only points at the checkout."""
        if version != "editable":
            build_data["force_include"].update(SHIPPED)
