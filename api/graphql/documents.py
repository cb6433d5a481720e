"""Documents that are known before they are asked for: a client sends their SHA-256 instead.

The list is made when a client is built, as JSON of hash to document. Nothing is learnt from
requests: who could teach the server a document could also make it run one.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from api.graphql.error_codes import coded
from domain.errors import DomainError, Forbidden, InvalidInput, NotFound

_HASH = re.compile(r"[0-9a-f]{64}")


class DocumentUnknown(NotFound):
    """No document has this hash; clients that could send the text instead know the code."""

    code = "PERSISTED_QUERY_NOT_FOUND"


class DocumentNotTrusted(Forbidden):
    """This deployment answers known documents only."""

    code = "DOCUMENT_NOT_TRUSTED"


@dataclass(frozen=True)
class Documents:
    """The known documents of a deployment, and whether it answers no others."""

    by_hash: Mapping[str, str] = field(default_factory=dict)
    only: bool = False

    @classmethod
    def read(cls, path: Path | None, *, only: bool) -> "Documents":
        """Read the list from a file. Raises `InvalidInput` if it does not hold what it says."""
        listed = json.loads(path.read_text()) if path else {}
        for name, text in listed.items():
            if hash_of(text) != name:
                raise InvalidInput(f"{path}: {name[:12]}… is not the SHA-256 of its document")
        return cls(listed, only)

    def text(self, hashed: str | None, text: str | None) -> str | None:
        """The document to run. Raises `DocumentUnknown`, `DocumentNotTrusted`, `InvalidInput`."""
        if hashed is None:
            if self.only and text is not None and hash_of(text) not in self.by_hash:
                raise DocumentNotTrusted("Only known documents are answered here")
            return text
        if not _HASH.fullmatch(hashed):
            raise InvalidInput("sha256Hash is not a SHA-256 in hexadecimal digits")
        known = self.by_hash.get(hashed)
        if known is None:
            raise DocumentUnknown("PersistedQueryNotFound")
        if text is not None and text != known:
            raise InvalidInput("The document and its hash do not belong together")
        return known


def hash_of(text: str) -> str:
    """The SHA-256 of a document, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class Known(SchemaExtension):
    """Puts the document in place of its hash, before it is parsed."""

    def on_operation(self) -> Iterator[None]:
        """Find the document."""
        asked = self.execution_context
        documents: Documents = asked.context.documents
        try:
            asked.query = documents.text(_hash_in(asked.operation_extensions), asked.query)
        except DomainError as refused:
            # What never ran passes no other extension on its way out.
            raise coded(GraphQLError(refused.message, original_error=refused)) from refused
        yield


def _hash_in(extensions: Mapping[str, Any] | None) -> str | None:
    named = (extensions or {}).get("persistedQuery")
    hashed = named.get("sha256Hash") if isinstance(named, dict) else None
    return hashed if isinstance(hashed, str) else None
