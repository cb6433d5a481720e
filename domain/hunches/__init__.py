"""What words probably mean, learned from examples: a second opinion beside the rules."""

from domain.hunches.concepts import Lexicon as Lexicon
from domain.hunches.grams import Features as Features
from domain.hunches.grams import features as features
from domain.hunches.linear import Linear as Linear
from domain.hunches.linear import load as load
