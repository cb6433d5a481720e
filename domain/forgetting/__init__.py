"""What is forgotten of a conversation once it is over, where a business keeps little."""

from domain.forgetting.service import forget as forget
