"""Clients: the organisations that apply and are certified, their sites and their people.

ISO/IEC 17065:2012, 3.1 (client), 7.2 (what an application tells of it).
"""
