"""Screens of the application: the client's form, the review, the contract."""
