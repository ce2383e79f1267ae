"""Rasa in one process: the model, the actions, the store and one conversation path for every channel."""
