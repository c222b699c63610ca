"""Demo data: an invented body, its staff and forty clients, made by running the transitions.

Who and what they are stands in the YAML files; how far each client has come, in ``stories``.
"""
