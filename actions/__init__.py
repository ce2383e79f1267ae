"""Rasa's face of the plan: each action asks balise.plan what to do and says it. No rule of the plan stands here."""
