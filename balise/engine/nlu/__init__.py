"""Rasa graph components of the understanding: what turns a message into numbers."""
