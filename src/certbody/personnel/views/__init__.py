"""Screens of the body's people."""
