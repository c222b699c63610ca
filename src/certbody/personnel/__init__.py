"""The body's people: what they hold on which days, undertake, and what bars them.

ISO/IEC 17065:2012, 4.2 (impartiality), 4.5 (confidentiality), 6.1 (personnel).
"""
