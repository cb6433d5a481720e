"""Notices that something changed, for whoever watches at this moment. Nothing is kept."""

from integrations.redis_pubsub.publisher import Publisher as Publisher
from integrations.redis_pubsub.subscriber import Overrun as Overrun
from integrations.redis_pubsub.subscriber import Subscriber as Subscriber
from integrations.redis_pubsub.topics import Topic as Topic
from integrations.redis_pubsub.topics import Watched as Watched
