"""Pushes to browsers of members: which ones there are, what is said, and sending it."""

from plugins.push.devices import NewDevice as NewDevice
from plugins.push.devices import own as own
from plugins.push.devices import subscribe as subscribe
from plugins.push.devices import try_out as try_out
from plugins.push.devices import unsubscribe as unsubscribe
