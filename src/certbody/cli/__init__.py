"""The command line: ``certbody …``. It needs no database for ``calc`` and ``scheme``."""
