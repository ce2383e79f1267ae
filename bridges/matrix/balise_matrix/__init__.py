"""The Matrix bridge of Balise: one encrypted room is one conversation of the guide (docs/matrix-trust.md)."""
