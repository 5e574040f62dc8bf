"""Invented captures with exact labels: ``python -m tests.captures.inventing`` writes ``unseen/``.

Each invented site draws its habits from a seed (menus, labels, order of the head, datelines, tails,
stamps), and each page is laid out by those habits, so that its labels are right by construction.
Nothing here imports the reader that is measured with it.
"""
