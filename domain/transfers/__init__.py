"""Putting a caller through to a person."""

from domain.transfers.service import advance as advance
from domain.transfers.service import end_all as end_all
from domain.transfers.service import hear as hear
from domain.transfers.service import request as request
from domain.transfers.targets import add_target as add_target
from domain.transfers.targets import change_target as change_target
from domain.transfers.targets import order_targets as order_targets
from domain.transfers.targets import remove_target as remove_target
