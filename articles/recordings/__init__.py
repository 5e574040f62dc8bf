"""Sound and video: what a file is, whose address may be shown, what captions say.

Pure functions that know no Django. ``reading`` tells a file by its content, ``providers`` holds the
table of who may be embedded, ``captions`` checks WebVTT.
"""
