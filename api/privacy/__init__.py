"""The public door of the rights desk: a form for callers, a proof, and the copy they asked for."""
