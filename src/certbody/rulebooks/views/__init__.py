"""The pages: each view finds the rulebook, asks, and renders. Nothing is computed in here."""
