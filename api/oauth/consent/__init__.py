"""The page on which somebody agrees to an app for their business, or does not."""
