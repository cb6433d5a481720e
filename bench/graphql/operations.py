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
DASHBOARD = """
query ($first: Date!, $last: Date!) { tenant { name timeZone
  overview(first: $first, last: $last) {
    calls { answered missed seconds dispositions { disposition calls } }
    messages { left open } leads { captured new } appointments { booked cancelled } }
  usage(first: $first, last: $last) { date name unit quantity }
  calls(first: 10) { edges { node { id state caller ringingAt } } }
  messages(first: 10) { edges { node { id body priority status leftAt } } }
  leads(first: 10) { edges { node { id need status createdAt } } } } }
"""
ADD = """
mutation ($input: KnowledgeAddInput!) { knowledgeAdd(input: $input) {
  ... on KnowledgeAddPayload { item { id question answer status version } } } }
"""
DOCUMENTS = {"calls": CALLS, "call": CALL, "dashboard": DASHBOARD, "add": ADD}
WORDING = {"question": "Do you take walk-ins?", "answer": "Yes, from nine to eleven."}
EMAIL, PASSWORD = "owner@bench.example", "a password of the bench"
