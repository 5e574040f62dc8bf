"""Accounts of the desk: logging in with two steps, the page of one's own account, lost passwords.

Whoever has only given the right password is nobody yet: ``signing_in.hold`` notes it in a session
that has no user, and ``signing_in.sign_in`` is the one place that makes a user of it.
"""
