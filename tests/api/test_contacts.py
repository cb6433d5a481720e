"""Contacts and listed numbers through GraphQL."""

ADD = """
mutation ($input: ContactAddInput!) { contactAdd(input: $input) {
  __typename
  ... on ContactAddPayload { contact { id name phone email notes language source } }
  ... on UserError { code path }
  ... on InvalidInputError { fields { path code } } } }
"""
UPDATE = """
mutation ($input: ContactUpdateInput!) { contactUpdate(input: $input) {
  __typename
  ... on ContactUpdatePayload { contact { id name phone notes } }
  ... on UserError { code } } }
"""
LIST = """
mutation ($input: NumberListInput!) { numberList(input: $input) {
  __typename
  ... on NumberListPayload { listedNumber { id kind number reason } }
  ... on UserError { code path } } }
"""
UNLIST = """
mutation ($input: NumberUnlistInput!) { numberUnlist(input: $input) {
  ... on NumberUnlistPayload { id } } }
"""
LISTED = "{ tenant { listedNumbers { edges { node { id number } } } } }"
ANNA = {"name": "Anna Lee", "phone": "(212) 555-0142", "email": "anna@example.com"}


async def add(owner, **details):
    return (await owner.ask(ADD, input=details))["contactAdd"]


async def update(owner, **changes):
    return (await owner.ask(UPDATE, input=changes))["contactUpdate"]


async def test_a_contact_is_added_in_full(owner):
    contact = (await add(owner, **ANNA, notes="Prefers mornings", language="en"))["contact"]
    assert contact.pop("id")
    assert contact == ANNA | {
        "phone": "+12125550142",
        "notes": "Prefers mornings",
        "language": "en",
        "source": "OWNER",
    }


async def test_the_same_number_is_the_same_contact(owner):
    await add(owner, **ANNA)
    again = await add(owner, name="Ann", phone="+12125550142")
    assert (again["__typename"], again["code"]) == ("ContactExistsError", "CONTACT_EXISTS")


async def test_a_number_that_cannot_be_is_named(owner):
    refused = await add(owner, phone="12345")
    assert (refused["__typename"], refused["path"]) == ("InvalidInputError", "phone")
    assert refused["fields"] == [{"path": "phone", "code": "INVALID"}]


async def test_what_is_left_out_stays_and_null_clears(owner):
    id = (await add(owner, **ANNA, notes="Old"))["contact"]["id"]
    updated = (await update(owner, id=id, notes=None))["contact"]
    assert (updated["notes"], updated["name"], updated["phone"]) == (
        None,
        "Anna Lee",
        "+12125550142",
    )
    renamed = (await update(owner, id=id, name="Anna Chen"))["contact"]
    assert renamed["name"] == "Anna Chen"


async def test_an_update_may_not_take_anothers_number(owner):
    await add(owner, **ANNA)
    id = (await add(owner, name="Ben"))["contact"]["id"]
    assert (await update(owner, id=id, phone=ANNA["phone"]))["code"] == "CONTACT_EXISTS"


async def test_a_number_is_listed_once_and_let_go(owner):
    blocked = {"number": ANNA["phone"], "kind": "BLOCK", "reason": "Spam"}
    listed = (await owner.ask(LIST, input=blocked))["numberList"]["listedNumber"]
    assert (listed["kind"], listed["number"], listed["reason"]) == ("BLOCK", "+12125550142", "Spam")
    again = (await owner.ask(LIST, input=blocked | {"kind": "VIP"}))["numberList"]
    assert (again["code"], again["path"]) == ("NUMBER_LISTED", "number")
    assert await owner.ask(UNLIST, input={"id": listed["id"]}) == {
        "numberUnlist": {"id": listed["id"]}
    }
    assert (await owner.ask(LISTED))["tenant"]["listedNumbers"]["edges"] == []
