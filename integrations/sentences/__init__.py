"""What sentences mean: Google's universal sentence encoder for sixteen languages, in numpy."""

from integrations.sentences.encoder import SentenceEncoder as SentenceEncoder
