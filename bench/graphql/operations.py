"""What is asked, in GraphQL and by name of the hand-written endpoint."""

CALLS = """
query { tenant { calls(first: 50) {
  edges { cursor node { id state direction caller ringingAt endedAt
    conversation { outcome summary contact { name } } } }
  pageInfo { hasNextPage endCursor } } } }
"""
CALL = """
query ($id: ID!) { node(id: $id) { ... on Call { id state caller ringingAt endedAt
  conversation { outcome summary contact { name phone }
    turns { id position speaker text offsetMs interrupted saidAt } } } } }
"""
# The schema has no totals yet: this is what the first page of a portal reads instead.
DASHBOARD = """
query { tenant { name timeZone
  calls(first: 10) { edges { node { id state caller ringingAt } } }
  messages(first: 10) { edges { node { id body priority status leftAt } } }
  leads(first: 10) { edges { node { id need status createdAt } } }
  conversations(first: 30) { edges { node { id outcome success startedAt } } } } }
"""
ADD = """
mutation ($input: KnowledgeAddInput!) { knowledgeAdd(input: $input) {
  ... on KnowledgeAddPayload { item { id question answer status version } } } }
"""
DOCUMENTS = {"calls": CALLS, "call": CALL, "dashboard": DASHBOARD, "add": ADD}
WORDING = {"question": "Do you take walk-ins?", "answer": "Yes, from nine to eleven."}
EMAIL, PASSWORD = "owner@bench.example", "a password of the bench"
