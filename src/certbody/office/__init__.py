"""The office: worklist, cases, the case page."""
