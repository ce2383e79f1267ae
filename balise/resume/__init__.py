"""A plan that the worker takes away and brings back: as a code of words, or as a file. The server keeps nothing.

docs/resume-code.md gives the format byte for byte. No Rasa here.
"""
