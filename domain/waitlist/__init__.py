"""Whoever would come if something came free, and who is told when it does."""

from domain.waitlist.rules import DayPart as DayPart
from domain.waitlist.rules import Whenever as Whenever
from domain.waitlist.service import Waiter as Waiter
from domain.waitlist.service import fill as fill
from domain.waitlist.service import join as join
from domain.waitlist.service import leave as leave
from domain.waitlist.service import pass_on as pass_on
from domain.waitlist.service import settle as settle
from domain.waitlist.service import told_by as told_by
