"""Template tags for cases."""
