"""Pure functions on strings: spelling, search keys, scripts, dates, HTML, slugs and direction.

Nothing here imports Django, reads a file or asks the clock.
"""
