"""Rulebooks as data: read, checked, asked, compared.

``catalogue.rulebook`` finds an edition by its code or directory, ``asking.ask`` puts a
question to it. No scheme is named in here, and no figure of one.
"""
