"""Balise: a guide in French for front-line workers who support a trafficked person."""
