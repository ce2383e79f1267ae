"""The plan itself: questions, answers, order, records and summary. Nothing here knows that Rasa exists."""
