"""Finding words in what is encrypted, by fingerprints that only the tenant's own key can make."""

from domain.search.finding import find as find
from domain.search.indexing import forget as forget
from domain.search.indexing import keep as keep
from domain.search.question import ask as ask
