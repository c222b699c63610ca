"""Template tags of the rulebook pages."""
