"""Under whose brand a tenant is looked after, and letters that show it."""

from dataclasses import dataclass, replace
from json import loads

from domain.messages.ports import Mail
from domain.work import UnitOfWork

BRAND = "SELECT * FROM brand_of_tenant($1)"


@dataclass(frozen=True)
class Brand:
    """How the organisation that looks after a tenant appears to its people."""

    name: str = ""
    logo_url: str = ""
    colours: dict[str, str] | None = None
    support_email: str = ""
    reply_to: str = ""
    domain: str = ""


async def inherited(uow: UnitOfWork) -> Brand | None:
    """The brand of whoever has looked after this tenant for longest; None if nobody does."""
    rows = await uow.connection.execute_query_dict(BRAND, [uow.now])
    return Brand(**rows[0] | {"colours": loads(rows[0]["colours"])}) if rows else None


def dressed(mail: Mail, brand: Brand | None) -> Mail:
    """A letter that shows who looks after the tenant, and is answered by them."""
    if brand is None:
        return mail
    signature = "\n".join(line for line in (brand.name, brand.support_email) if line)
    # Mail programs know what follows this line as a signature (RFC 3676, 4.3).
    text = f"{mail.text}\n-- \n{signature}\n" if signature else mail.text
    return replace(mail, text=text, reply_to=brand.reply_to or brand.support_email)
