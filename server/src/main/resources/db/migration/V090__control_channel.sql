-- The newest control channel that each node has opened, on whichever replica holds its socket.
CREATE TABLE control_channel (
  node_id    VARCHAR(64) NOT NULL PRIMARY KEY,
  channel_id VARCHAR(36) NOT NULL,
  opened_at  BIGINT NOT NULL
);

-- Finds the nodes for which something has become ready since a moment ago.
CREATE INDEX message_visible ON message (visible_at);
