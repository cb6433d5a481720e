"""Measuring the nets outside the model: emergencies, opt-outs, spoken cards."""
