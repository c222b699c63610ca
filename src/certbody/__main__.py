"""``python -m certbody`` is the command ``certbody``."""

from certbody.cli.main import main

main()
