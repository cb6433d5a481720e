"""Measuring the receptionist's own understanding on labelled dialogues, entities, intents, FAQs."""
