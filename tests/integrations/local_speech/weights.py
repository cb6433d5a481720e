"""A tiny model in two tiny packages, installed into a temporary folder."""

from hashlib import sha256

from integrations.local_speech.catalogue import Model, Piece, WeightFile

WHOLE = b"first half, second half"
HALVES = (WHOLE[:11], WHOLE[11:])


def tiny_model(url="", digest=sha256(WHOLE).hexdigest()):
    pieces = tuple(Piece(f"tiny-part{n}", f"tiny_part{n}/data/half") for n in (1, 2))
    return Model("tiny", (WeightFile("model.bin", digest, pieces, url),))


def install(site, *, parts=(1, 2)):
    """Lay out packages as an installer would; importing one is an error."""
    for part in parts:
        package = site / f"tiny_part{part}"
        (package / "data").mkdir(parents=True)
        (package / "__init__.py").write_text("raise ImportError('never import weights')")
        (package / "data" / "half").write_bytes(HALVES[part - 1])
        info = site / f"tiny_part{part}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: tiny-part{part}\nVersion: 1.0\n"
        )
        (info / "RECORD").write_text(f"tiny_part{part}/data/half,,\n")
