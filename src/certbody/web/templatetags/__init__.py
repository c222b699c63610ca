"""Template tags that all apps use."""
