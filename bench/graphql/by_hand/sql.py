"""The statements, one for each list: joins where an ORM would ask again."""

CALLS = """
SELECT call.id, call.state, call.direction, call.caller, call.ringing_at, call.ended_at,
       call.conversation_id, talk.outcome, talk.summary, talk.contact_id, contact.name
FROM call
JOIN conversation talk ON talk.tenant_id = call.tenant_id AND talk.id = call.conversation_id
LEFT JOIN contact ON contact.tenant_id = call.tenant_id AND contact.id = talk.contact_id
WHERE call.tenant_id = $1 ORDER BY call.ringing_at DESC, call.id DESC LIMIT $2
"""
CALL = """
SELECT call.id, call.state, call.caller, call.ringing_at, call.ended_at, call.conversation_id,
       talk.outcome, talk.summary, talk.contact_id, contact.name, contact.phone
FROM call
JOIN conversation talk ON talk.tenant_id = call.tenant_id AND talk.id = call.conversation_id
LEFT JOIN contact ON contact.tenant_id = call.tenant_id AND contact.id = talk.contact_id
WHERE call.tenant_id = $1 AND call.id = $2
"""
TURNS = """
SELECT id, position, speaker, text, offset_ms, interrupted, said_at FROM turn
WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY position
"""
TENANT = "SELECT name, timezone FROM tenant WHERE id = $1"
RECENT_CALLS = """
SELECT id, state, caller, ringing_at, conversation_id FROM call
WHERE tenant_id = $1 ORDER BY ringing_at DESC, id DESC LIMIT 10
"""
MESSAGES = """
SELECT id, body, priority, status, left_at, conversation_id FROM message
WHERE tenant_id = $1 ORDER BY left_at DESC, id DESC LIMIT 10
"""
LEADS = """
SELECT id, need, status, created_at, contact_id FROM lead
WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT 10
"""
TALKS = """
SELECT id, outcome, success, started_at FROM conversation
WHERE tenant_id = $1 ORDER BY started_at DESC, id DESC LIMIT 30
"""
ADD_ITEM = """
INSERT INTO knowledge_item (tenant_id, id, question, answer, status, version, created_at,
                            updated_at)
VALUES ($1, $2, $3, $4, 'draft', 1, $5, $5)
"""
NEXT = """
INSERT INTO event_sequence (tenant_id, id, number) VALUES ($1, $2, 1)
ON CONFLICT (tenant_id, id) DO UPDATE SET number = event_sequence.number + 1 RETURNING number
"""
ADD_EVENT = """
INSERT INTO outbox (tenant_id, id, kind, key, sequence, name, version, payload, recorded_at, due_at,
                    attempts)
VALUES ($1, $2, 'event', $3, $4, 'knowledge.added', 1, $5, $6, $6, 0)
"""
