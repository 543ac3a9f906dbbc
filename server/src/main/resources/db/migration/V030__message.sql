-- What waits for nodes to fetch it. A row goes when the node takes the message over.
CREATE TABLE message (
  id             VARCHAR(160) NOT NULL PRIMARY KEY,
  node_id        VARCHAR(64) NOT NULL,
  topic          VARCHAR(64) NOT NULL,
  payload_digest VARCHAR(64) NOT NULL,
  created_at     BIGINT NOT NULL,
  expires_at     BIGINT NOT NULL,
  visible_at     BIGINT NOT NULL,
  deliveries     INTEGER NOT NULL
);
CREATE INDEX message_by_node ON message (node_id, visible_at);
CREATE INDEX message_age ON message (expires_at);

-- Nodes of one command share one text.
CREATE TABLE message_payload (
  digest     VARCHAR(64) NOT NULL PRIMARY KEY,
  payload    TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX message_payload_age ON message_payload (expires_at);
