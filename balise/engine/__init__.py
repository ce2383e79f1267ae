"""Rasa in one process: the model, the actions, the store and one conversation path for every channel."""

# Rasa's classifier imports skops late, and skops then asks every module loaded by that time for the home of each type
# that it trusts: twelve seconds once TensorFlow is there, less than one here.
import skops.io  # noqa: F401
