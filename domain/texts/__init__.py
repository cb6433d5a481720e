"""Everything the product says, by locale and version; nothing is worded anywhere else."""

from domain.texts.catalogue import Catalogue as Catalogue
from domain.texts.catalogue import Line as Line
from domain.texts.catalogue import catalogue as catalogue
from domain.texts.moments import in_full as in_full
