"""What the law asks, as dated rows with their sources; no feature knows a law by heart."""

from domain.law.book import NoSuchRule as NoSuchRule
from domain.law.book import every_rule as every_rule
from domain.law.book import in_force as in_force
from domain.law.book import rule as rule
from domain.law.book import rules as rules
from domain.law.places import EVERYWHERE as EVERYWHERE
from domain.law.places import bodies as bodies
from domain.law.places import country_of as country_of
from domain.law.places import place_of_number as place_of_number
from domain.law.rows import Rule as Rule
