"""Diaries of a practice by FHIR R4: practitioners, schedules, slots, appointments and patients."""

from integrations.fhir.access import BackendClient as BackendClient
from integrations.fhir.access import SmartAccess as SmartAccess
from integrations.fhir.access import Tokens as Tokens
from integrations.fhir.access import key_of as key_of
from integrations.fhir.client import FhirCalendar as FhirCalendar
from integrations.fhir.patients import Patients as Patients
from integrations.fhir.ports import Visitor as Visitor
from integrations.fhir.wire import Wire as Wire
