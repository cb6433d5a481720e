"""Keeping data for as long as was promised, and no longer; holding back what somebody must see."""
