"""A news site on Wagtail with the same articles, to be measured beside ours.

It runs in an environment of its own, is made of what Wagtail has for it (locales and translations,
``pageurl``, ancestors, in one query what a list prints) and prints what ours prints: the names of
the page in other languages, its feeds, the data for search engines and the way to it. Of what ours
has more (evidence, pictures, a lite page) nothing is on the pages that are measured.
"""
