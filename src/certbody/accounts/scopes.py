"""What a token may be used for: ``area:read`` or ``area:write``; never more than its account."""

AREAS = (
    "accounts",
    "applications",
    "audits",
    "cases",
    "clients",
    "contracts",
    "files",
    "notices",
    "personnel",
    "records",
)
SCOPES = tuple(f"{area}:{verb}" for area in AREAS for verb in ("read", "write"))
