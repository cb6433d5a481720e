"""Questions and answers."""

from domain.knowledge.models import KnowledgeItem
from domain.repository import Repository


class KnowledgeItems(Repository[KnowledgeItem]):
    """Questions and answers."""

    model = KnowledgeItem
    noun = "knowledge item"
