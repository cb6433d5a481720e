"""Every example of GraphiQL is a document that the API answers."""

import re

import pytest
from graphql import OperationDefinitionNode, parse, specified_rules, validate

from api.graphql.allowances import Rates
from api.graphql.costs import cost_of
from api.graphql.graphiql.examples import WRITTEN, examples
from api.graphql.limits import ReasonableSize
from api.graphql.schema import build_schema

SCHEMA = build_schema(production=False)._schema
EXAMPLES = examples()
LONGEST_TITLE = 80
FEATURES = {
    "accessGrants",
    "apiKeyCreate",
    "appCreate",
    "appointmentBook",
    "availability",
    "calls",
    "organization",
    "securityAlertRaised",
    "securityAlerts",
    "simulatedCallPlace",
    "ssoConfigure",
    "tombstones",
    "usage",
    "webhookCreate",
    "webhookTest",
}


def operation_of(example):
    [operation] = parse(example.document).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation


def test_nothing_of_the_file_is_left_out():
    written = parse(WRITTEN.read_text()).definitions
    names = [operation.name.value for operation in written]
    assert [operation_of(example).name.value for example in EXAMPLES] == names
    assert len({example.title for example in EXAMPLES}) == len(EXAMPLES) == len(set(names))


def test_every_feature_has_one():
    said = set(re.findall(r"\w+", WRITTEN.read_text()))
    assert said >= FEATURES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: operation_of(example).name.value)
def test_an_example_is_valid_and_within_the_limits(example):
    document = parse(example.document)
    assert validate(SCHEMA, document, [*specified_rules, ReasonableSize]) == []
    assert cost_of(SCHEMA, document, None, {}) <= Rates().operation
    assert example.document.startswith(f"# {example.title}\n")
    assert len(example.title) <= LONGEST_TITLE
