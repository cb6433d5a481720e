"""Mailchimp: audiences and who is on them, by its Marketing API (version 3.0)."""

from integrations.mailchimp.client import Audience as Audience
from integrations.mailchimp.client import Entry as Entry
from integrations.mailchimp.client import Mailchimp as Mailchimp
from integrations.mailchimp.client import Member as Member
from integrations.mailchimp.client import Status as Status
from integrations.mailchimp.wire import NotTaken as NotTaken
from integrations.mailchimp.wire import fault as fault
