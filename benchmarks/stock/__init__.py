"""A stock Rasa project with Balise's questions, to be measured against."""
