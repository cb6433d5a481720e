"""What was used."""

from domain.usage.periods import whole as whole
from domain.usage.repository import Total as Total
from domain.usage.service import Use as Use
from domain.usage.service import record as record
from domain.usage.service import totals as totals
