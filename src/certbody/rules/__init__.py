"""The rules of certification as pure functions.

Nothing here reads a file, asks for today's date or knows a scheme by name. A rule
takes a *shape* (what a rulebook says, already checked) and *facts* (what is known of
the case) and gives an ``Answer`` with its steps and clauses, or raises ``Refused``
(the rulebook says no) or ``BadInput`` (the question cannot be understood).
"""
