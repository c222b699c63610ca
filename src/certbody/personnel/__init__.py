"""The body's people: their interests in clients; competence comes with planning.

ISO/IEC 17065:2012, 4.2 (impartiality), 6.1 (personnel).
"""
