"""Runs a certification body: rulebooks as data, every figure with its clause."""

__version__ = "0.1.0"
