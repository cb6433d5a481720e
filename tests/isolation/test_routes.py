"""Every address the API answers, tried with what belongs to another tenant."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

import httpx
import pytest
from starlette.routing import Route, WebSocketRoute

from api.exports import ExportLinks
from api.recordings import RecordingLinks
from api.training import TrainingLinks
from deskbell.app import export_links, recording_links, training_links
from domain.scope import Scope
from domain.sync.models import SyncKind
from tests.api.conftest import PUBLIC_URL, Browser
from tests.isolation.leaks import leaks, traces_of

# Nothing of a tenant's is to be had there by naming it, and why.
HARMLESS = {
    "/.well-known/oauth-authorization-server": "is the same for all",
    "/.well-known/gpc.json": "is the same for all",
    "/auth/accept-invitation": "takes the token of a letter, which names its business itself",
    "/auth/mfa": "takes a token, which names its session itself",
    "/auth/organization-token": "gives a house a token for what has let it in: `test_grants.py`",
    "/auth/passkey-options": "likewise, or the cookie",
    "/auth/password-reset": "answers everybody alike",
    "/auth/password-reset/finish": "takes the token of a letter",
    "/auth/sign-in": "answers with whoever knows the password",
    "/auth/sign-out": "ends the session of the cookie",
    "/auth/sign-up": "answers everybody alike",
    "/auth/sso": "tells strangers nothing but where to go",
    "/auth/sso/callback/{tenant_id:uuid}": "is where a provider sends people who began there",
    "/auth/sso/logout/{tenant_id:uuid}": "takes what a tenant's own provider has signed",
    "/auth/sso/second-step": "is a page of ours",
    "/auth/sso/second-step.js": "is a page of ours",
    "/auth/sso/start": "leads to the provider of any business, open to its people",
    "/auth/sso/step-up": "is about the session of the cookie",
    "/auth/step-up": "is about the session of the cookie",
    "/auth/verify-email": "takes the token of a letter",
    "/appointments/{token}": "takes a signed link, which names its business itself",
    "/appointments/{token}/stop": "likewise",
    "/block/{token}": "takes a signed link, which names its business itself",
    "/calendar-feeds/{token}.ics": "takes a signed link, which names its business itself",
    "/chat/{slug}": "is the front door of any business, open to callers",
    "/graphql": "is attacked field by field",
    "/graphql/ide/{name}": "holds files of ours",
    "/health/live": "knows no tenant",
    "/health/ready": "knows no tenant",
    "/join": "is a page of ours",
    "/join.js": "is a page of ours",
    "/my-copy": "takes the token of a letter, which names its business itself",
    "/my-copy.js": "is a file of ours",
    "/plugins/connections/callback/{provider}": "is about the business of the cookie",
    "/plugins/google_calendar/{key}/changes": "takes a signed key and a secret, and tells nothing",
    "/plugins/hubspot/{key}/changes": "likewise",
    "/plugins/mailchimp/{key}/changes": "takes a signed key, and tells nothing",
    "/plugins/microsoft_calendar/{key}/changes": "likewise",
    "/plugins/pipedrive/{key}/changes": "likewise",
    "/privacy/choices": "knows no tenant",
    "/oauth/authorize": "is about the business of the cookie",
    "/oauth/consent": "likewise",
    "/oauth/consent.css": "is a file of ours",
    "/oauth/consent.js": "is a file of ours",
    "/oauth/introspect": "tells an app of its own tokens",
    "/oauth/revoke": "takes an app's own tokens",
    "/oauth/token": "takes a code or a token, which names its business itself",
    "/privacy.js": "is a file of ours",
    "/privacy/{slug}": "is the same page for all",
    "/privacy/{slug}/proof": "takes the code of a letter, and says not what is wrong with it",
    "/privacy/{slug}/requests": "answers everybody alike",
    "/push.js": "is a file of ours",
    "/push/key.json": "is the same for all",
    "/unsubscribe/{token}": "takes the token of a letter, which is signed",
    "/webhooks/events.json": "is the same for all",
}


@dataclass(frozen=True)
class Attack:
    """Our owner, and what there is of the other tenant."""

    browser: Browser
    links: RecordingLinks
    files: ExportLinks
    taught: TrainingLinks
    scope: Scope
    other: Scope
    theirs: dict[str, UUID]

    async def get(self, path: str) -> httpx.Response:
        return await self.browser.http.get(path, headers=self.browser.headers)


async def _hear_as_ours(attack: Attack) -> httpx.Response:
    """A link that says that the recording is ours."""
    url = attack.links.url(attack.scope, attack.theirs["Recording"])
    return await attack.get(url.removeprefix(PUBLIC_URL))


async def _hear_as_theirs(attack: Attack) -> httpx.Response:
    """A link that says that we belong to them."""
    there = replace(attack.scope, tenant_id=attack.other.tenant_id)
    url = attack.links.url(there, attack.theirs["Recording"])
    return await attack.get(url.removeprefix(PUBLIC_URL))


async def _take_their_trail(attack: Attack) -> httpx.Response:
    return await attack.get(f"/audit.csv?actor=member:{attack.other.actor.id}")


async def _take_all_of_the_trail(attack: Attack) -> httpx.Response:
    return await attack.get("/audit.csv")


async def _go_there(attack: Attack) -> httpx.Response:
    wanted = {"tenant": attack.other.tenant.slug}
    return await attack.browser.http.post(
        "/auth/switch", json=wanted, headers=attack.browser.headers
    )


async def _visit_there(attack: Attack) -> httpx.Response:
    """Nobody has let us in."""
    wanted = {"tenant": attack.other.tenant.slug}
    return await attack.browser.http.post(
        "/auth/visit", json=wanted, headers=attack.browser.headers
    )


async def _take_their_file(attack: Attack) -> httpx.Response:
    url = attack.files.url(attack.scope, attack.theirs["BulkExport"], SyncKind.CONTACT)
    return await attack.get(url.removeprefix(PUBLIC_URL))


async def _take_it_as_theirs(attack: Attack) -> httpx.Response:
    there = replace(attack.scope, tenant_id=attack.other.tenant_id)
    url = attack.files.url(there, attack.theirs["BulkExport"], SyncKind.CONTACT)
    return await attack.get(url.removeprefix(PUBLIC_URL))


async def _learn_from_them(attack: Attack) -> httpx.Response:
    url = attack.taught.url(attack.scope, attack.theirs["TrainingExport"])
    return await attack.get(url.removeprefix(PUBLIC_URL))


async def _learn_as_them(attack: Attack) -> httpx.Response:
    there = replace(attack.scope, tenant_id=attack.other.tenant_id)
    url = attack.taught.url(there, attack.theirs["TrainingExport"])
    return await attack.get(url.removeprefix(PUBLIC_URL))


async def _ask_for_their_keys(attack: Attack) -> httpx.Response:
    """Public keys are public: they are all that is told."""
    answer = await attack.get(f"/webhooks/{attack.theirs['WebhookEndpoint']}/jwks.json")
    for key in answer.json()["keys"]:
        assert set(key) <= {"alg", "crv", "kid", "kty", "use", "x"}
    return answer


# Each path with the attacks on it, and the status with which each ends.
ATTACKS: dict[str, dict[Callable[[Attack], Awaitable[httpx.Response]], int]] = {
    "/audit.csv": {_take_their_trail: 200, _take_all_of_the_trail: 200},
    "/auth/switch": {_go_there: 404},
    "/auth/visit": {_visit_there: 404},
    "/exports/{token}": {_take_their_file: 404, _take_it_as_theirs: 403},
    "/training/{token}": {_learn_from_them: 404, _learn_as_them: 403},
    "/recordings/{token}": {_hear_as_ours: 404, _hear_as_theirs: 403},
    "/webhooks/{endpoint:uuid}/jwks.json": {_ask_for_their_keys: 200},
}


@pytest.fixture
def attack(insider, wiring, scope, other_scope, theirs) -> Attack:
    links, files, taught = recording_links(wiring), export_links(wiring), training_links(wiring)
    return Attack(insider, links, files, taught, scope, other_scope, theirs)


def test_every_route_is_attacked_or_said_to_be_harmless(whole_app):
    served = {each.path for each in whole_app.routes if isinstance(each, Route | WebSocketRoute)}
    assert served == HARMLESS.keys() | ATTACKS.keys()
    assert HARMLESS.keys() & ATTACKS.keys() == set()


@pytest.mark.parametrize("path", ATTACKS)
async def test_no_route_gives_anything_of_another_tenant(path, attack, owned):
    marks = traces_of(attack.other, attack.theirs)
    for deed, status in ATTACKS[path].items():
        answer = await deed(attack)
        assert answer.status_code == status, (deed.__name__, answer.text)
        assert leaks(answer.text, marks) == set(), deed.__name__
