"""The image library at the desk.

``screen.ImageAdmin`` is its list and the form of one picture; ``uploading`` takes files in,
``choosing`` shows the library to an article's form, and ``finding`` says what is found in it.
"""
