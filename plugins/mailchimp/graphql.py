"""Which audiences there are to choose from."""

from typing import Any

import strawberry

from domain.crm.files import WRITE
from integrations.mailchimp import Audience as Found
from plugins.graphql_kit import Needs
from plugins.mailchimp.desk import NAME, account_of


@strawberry.type(name="MailchimpAudience")
class Audience:
    """A list of people at Mailchimp that could be kept."""

    id: strawberry.ID = strawberry.field(description="What goes into the setting `audience`.")
    title: str
    members: int

    @classmethod
    def of(cls, found: Found) -> "Audience":
        """The choice of an audience that was found."""
        return cls(id=strawberry.ID(found.id), title=found.title, members=found.members)


@strawberry.type(name="Mailchimp")
class Mailchimp:
    """The account at Mailchimp."""

    @strawberry.field(extensions=[Needs(WRITE)])
    async def audiences(self, info: strawberry.Info[Any, Any]) -> list[Audience]:
        """The audiences of the account, which is asked: it may not answer (`UNAVAILABLE`)."""
        account = account_of(await info.context.capability(NAME))
        return [Audience.of(each) for each in await account.audiences()]
