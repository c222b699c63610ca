"""What happened, by whom and when: an append-only log, chained. ISO/IEC 17065:2012, 7.12.

Each subject (a case, a client, an account) has its own chain: every event carries the digest of
the one before it. A seal, written after each commit, takes the events that no seal holds yet into
one running chain over all subjects, so that a whole chain cannot vanish unseen either.
"""
