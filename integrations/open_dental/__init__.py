"""The appointment book of a dental practice, by the documented API of Open Dental."""

from integrations.open_dental.client import Habits as Habits
from integrations.open_dental.client import OpenDentalBook as OpenDentalBook
from integrations.open_dental.pace import Paces as Paces
from integrations.open_dental.patients import Patients as Patients
from integrations.open_dental.ports import Visitor as Visitor
from integrations.open_dental.wire import Keys as Keys
from integrations.open_dental.wire import Wire as Wire
