"""The case: a client, an edition of a scheme, what is asked, and how far it has come.

ISO/IEC 17065:2012, clause 7: one case is one passage through its functions.
"""
