"""Demands of authorities: what was asked, who agreed to answer, what left, and who was told."""

from tenants.records.legal.service import Demand as Demand
from tenants.records.legal.service import answer as answer
from tenants.records.legal.service import approve as approve
from tenants.records.legal.service import named as named
from tenants.records.legal.service import receive as receive
from tenants.records.legal.service import refuse as refuse
from tenants.records.legal.service import tell as tell
