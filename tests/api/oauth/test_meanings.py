"""What is said of a permission is what its tables are labelled with."""

import pytest

from api.graphql.nodes import KINDS
from api.oauth.meanings import CLASSES, MEANINGS, classes_of
from domain.personal import DataClass
from tenants.roles import FOR_PEOPLE, OF_CALLS_ONLY, Permission

# Nothing of a person or a business is in what these open beside the tables that are named.
ELSEWHERE = {
    "BreakGlass": "only people of the operator see it, and no app",
    "WebhookDelivery": "what was sent is in its exchanges",
}


def test_every_permission_that_an_app_may_hold_has_a_meaning():
    assert set(MEANINGS) == set(Permission) - FOR_PEOPLE - OF_CALLS_ONLY


def test_no_two_permissions_mean_the_same():
    assert len({meaning.words for meaning in MEANINGS.values()}) == len(MEANINGS)


@pytest.mark.parametrize("name", sorted(set(KINDS) - set(ELSEWHERE)))
def test_every_table_that_the_api_shows_is_opened_by_its_permission(name):
    kind = KINDS[name]
    assert kind.repository.model in MEANINGS[kind.permission].opens


def test_every_kind_of_data_has_a_name():
    assert set(classes_of(MEANINGS)) <= set(CLASSES)


@pytest.mark.parametrize(
    ("permission", "opened", "shut"),
    [
        ("appointments:read", DataClass.APPOINTMENT, DataClass.CALLER_IDENTITY),
        ("calls:read", DataClass.CALL_METADATA, DataClass.RECORDING),
        ("contacts:read", DataClass.CALLER_IDENTITY, DataClass.TRANSCRIPT),
        ("conversations:read", DataClass.CALL_METADATA, DataClass.TRANSCRIPT),
        ("members:read", DataClass.ACCOUNT, DataClass.CREDENTIAL),
        ("recordings:listen", DataClass.RECORDING, DataClass.TRANSCRIPT),
        ("transcripts:read", DataClass.TRANSCRIPT, DataClass.RECORDING),
    ],
)
def test_a_permission_opens_what_it_says_and_not_its_neighbour(permission, opened, shut):
    classes = classes_of([permission])
    assert opened in classes
    assert shut not in classes
