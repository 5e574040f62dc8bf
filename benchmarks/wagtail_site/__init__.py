"""A news site on Wagtail with the same articles, to be measured beside ours.

It runs in an environment of its own, is made as Wagtail's own template makes one and reads what a
list prints in one query. Its pages are plainer than ours: no evidence, no other language, no data
for search engines.
"""
