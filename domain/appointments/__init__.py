"""Booking a caller into the calendar."""

from domain.appointments.following import follow as follow
from domain.appointments.particulars import Booking as Booking
from domain.appointments.particulars import Particulars as Particulars
from domain.appointments.service import availability as availability
from domain.appointments.service import book as book
from domain.appointments.service import cancel as cancel
from domain.appointments.service import change_status as change_status
from domain.appointments.service import move_to_offer as move_to_offer
from domain.appointments.service import offer as offer
from domain.appointments.service import reschedule as reschedule
from domain.appointments.service import site as site
from domain.appointments.service import take as take
from domain.appointments.service import upcoming as upcoming
