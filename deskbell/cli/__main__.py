"""`python -m deskbell.cli`."""

from deskbell.cli import app

app()
