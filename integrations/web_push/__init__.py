"""Push services of browsers: who we are to them, what only a device can read, what they answer."""

from integrations.web_push.client import Push as Push
from integrations.web_push.client import PushClient as PushClient
from integrations.web_push.client import PushGone as PushGone
from integrations.web_push.client import PushLater as PushLater
from integrations.web_push.client import PushRefused as PushRefused
from integrations.web_push.client import Urgency as Urgency
from integrations.web_push.encryption import Device as Device
from integrations.web_push.encryption import UnusableKeys as UnusableKeys
from integrations.web_push.vapid import Vapid as Vapid
