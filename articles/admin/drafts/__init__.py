"""Unsaved text and who else is here, on the screens of articles.

``pages.ArticleDrafts`` is mixed into the admin of articles; ``endpoint`` is what the form's script
talks to; ``offered`` and ``presence`` are what forms and lists show.
"""
