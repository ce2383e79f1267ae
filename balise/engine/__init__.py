"""Rasa in one process: the model, the actions, the store and one conversation path for every channel."""

from balise.engine.lean import make_lean

# Before any module of Rasa is imported.
make_lean()
