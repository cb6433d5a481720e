"""What people have agreed to be reached for, and each time that they were."""

from domain.outreach.agreements.service import Answer as Answer
from domain.outreach.agreements.service import agree as agree
from domain.outreach.agreements.service import decline as decline
from domain.outreach.agreements.service import withdraw as withdraw
from domain.outreach.agreements.service import withdraw_all as withdraw_all
