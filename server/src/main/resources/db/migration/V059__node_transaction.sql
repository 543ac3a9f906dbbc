-- The newest transactions of each node's journal, as it said last.
CREATE TABLE node_transaction (
  instance_id VARCHAR(64) NOT NULL PRIMARY KEY,
  reported_at BIGINT NOT NULL,
  report      TEXT NOT NULL
);
