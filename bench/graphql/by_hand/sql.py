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
CALL_NUMBERS = """
SELECT talk.disposition, count(*) AS calls, count(call.answered_at) AS answered,
       count(call.ended_at) FILTER (
           WHERE call.answered_at IS NULL AND talk.disposition IS DISTINCT FROM 'forwarded'
       ) AS missed,
       coalesce(sum(call.duration_ms), 0)::bigint AS milliseconds
FROM call
JOIN conversation talk ON talk.tenant_id = call.tenant_id AND talk.id = call.conversation_id
WHERE call.tenant_id = $1 AND call.ringing_at >= $2 AND call.ringing_at < $3
GROUP BY talk.disposition ORDER BY talk.disposition
"""
# The three small counts in one round trip, each over its own index.
COUNTS = """
SELECT * FROM
  (SELECT count(*) AS "left", count(*) FILTER (WHERE status <> 'resolved') AS open
   FROM message WHERE tenant_id = $1 AND left_at >= $2 AND left_at < $3) messages,
  (SELECT count(*) AS captured, count(*) FILTER (WHERE status = 'new') AS new
   FROM lead WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3) leads,
  (SELECT count(*) AS booked, count(*) FILTER (WHERE status = 'cancelled') AS cancelled
   FROM appointment WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3) visits
"""
USAGE = """
SELECT (at AT TIME ZONE $4)::date AS date, name, unit, sum(quantity)::bigint AS quantity
FROM usage_event WHERE tenant_id = $1 AND at >= $2 AND at < $3
GROUP BY 1, name, unit ORDER BY 1, name, unit
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
