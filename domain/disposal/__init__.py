"""Finding what is held of a person, and doing away with it: for retention and for erasure."""

from domain.disposal.paths import children_first as children_first
from domain.disposal.paths import of_tenants as of_tenants
from domain.disposal.service import Disposal as Disposal
from domain.disposal.service import Going as Going
from domain.disposal.service import dispose as dispose
from domain.disposal.service import leave as leave
from domain.disposal.subjects import Subject as Subject
from domain.disposal.subjects import claim as claim
from domain.disposal.subjects import fingerprints as fingerprints
from domain.disposal.subjects import of_contact as of_contact
from domain.disposal.subjects import rows_of as rows_of
