-- Tokens that were handed out with patch commands, by their SHA-256. What was used is used for all
-- tokens of the same command and node.
CREATE TABLE patch_worker_token (
  hash        VARCHAR(64) NOT NULL PRIMARY KEY,
  command_id  VARCHAR(36) NOT NULL,
  instance_id VARCHAR(64) NOT NULL,
  expires_at  BIGINT NOT NULL,
  planned     BOOLEAN NOT NULL,
  reported    BOOLEAN NOT NULL
);
CREATE INDEX patch_worker_token_of ON patch_worker_token (command_id, instance_id);
CREATE INDEX patch_worker_token_age ON patch_worker_token (expires_at);
