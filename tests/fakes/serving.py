"""The servers that `deskbell.testing` has, by the names that tests know."""

from deskbell.testing.serving import free_port, serving

__all__ = ["free_port", "serving"]
