"""What the person who is signed in wants to hear, over GraphQL."""

CHOOSE = """mutation ($input: NotificationsChooseInput!) { notificationsChoose(input: $input) {
    ... on NotificationsChoosePayload { notifications { email { news pace } teamChat quietFrom
        quietUntil } } } }"""
OWN = "{ viewer { notifications { email { news pace } teamChat quietFrom quietUntil } } }"
AT = """mutation ($input: DigestTimeSetInput!) { digestTimeSet(input: $input) {
    ... on DigestTimeSetPayload { at } } }"""


async def test_members_choose_for_themselves(owner):
    before = (await owner.ask(OWN))["viewer"]["notifications"]
    assert {each["pace"] for each in before["email"]} == {"IMMEDIATE"}
    given = {
        "email": [{"news": "CHATS", "pace": "DIGEST"}],
        "teamChat": ["CALLS"],
        "quietFrom": "21:30:00",
        "quietUntil": "07:00:00",
    }
    chosen = await owner.ask(CHOOSE, input=given)
    after = (await owner.ask(OWN))["viewer"]["notifications"]
    assert chosen["notificationsChoose"]["notifications"] == after
    paces = {each["news"]: each["pace"] for each in after["email"]}
    assert paces == {"CALLS": "IMMEDIATE", "CHATS": "DIGEST", "REPLIES": "IMMEDIATE"}
    assert (after["teamChat"], after["quietFrom"]) == (["CALLS"], "21:30:00")
    again = (await owner.ask(CHOOSE, input={"teamChat": []}))["notificationsChoose"]
    assert again["notifications"] == after | {"teamChat": []}


async def test_the_hour_of_daily_letters_is_the_business_s(owner):
    assert (await owner.ask("{ tenant { digestAt } }"))["tenant"]["digestAt"] == "18:00:00"
    await owner.ask(AT, input={"at": "07:15:00"})
    assert (await owner.ask("{ tenant { digestAt } }"))["tenant"]["digestAt"] == "07:15:00"
