"""Organisations: houses that open businesses, set them up alike, and look after them."""
