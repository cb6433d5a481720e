"""What words probably mean, learned from examples: a second opinion beside the rules."""

from domain.hunches.concepts import Lexicon as Lexicon
from domain.hunches.grams import Features as Features
from domain.hunches.grams import features as features
from domain.hunches.layered import Layered as Layered
from domain.hunches.layered import load_layered as load_layered
from domain.hunches.linear import Linear as Linear
from domain.hunches.linear import load as load
from domain.hunches.meaning import Encoder as Encoder
from domain.hunches.meaning import beginning as beginning
from domain.hunches.meaning import encoded as encoded
from domain.hunches.meaning import use_encoder as use_encoder
from domain.hunches.opinion import Bounds as Bounds
from domain.hunches.opinion import Judge as Judge
from domain.hunches.opinion import Opinion as Opinion
