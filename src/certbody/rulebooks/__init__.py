"""The rulebook pages: every figure of an edition with its clause."""
