"""The directory of lines and services (data/directory/): reading, checking, choosing, confirming. No Rasa here."""
