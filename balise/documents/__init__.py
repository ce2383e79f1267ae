"""What the worker takes away: three documents built from one plan, and what puts them in form. No Rasa."""
