"""Figures of many businesses together, which hold no business and no person."""
