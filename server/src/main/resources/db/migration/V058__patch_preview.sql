-- What nodes said that a patch operation would do; a run can be held to it until it expires.
CREATE TABLE patch_preview (
  command_id  VARCHAR(64) NOT NULL,
  instance_id VARCHAR(64) NOT NULL,
  hash        VARCHAR(64) NOT NULL,
  report      TEXT NOT NULL,
  expires_at  BIGINT NOT NULL,
  PRIMARY KEY (command_id, instance_id)
);
CREATE INDEX patch_preview_hash ON patch_preview (instance_id, hash);
CREATE INDEX patch_preview_age ON patch_preview (expires_at);

-- The hash over all nodes' previews of a command, once it has ended.
CREATE TABLE patch_preview_whole (
  command_id VARCHAR(64) NOT NULL PRIMARY KEY,
  hash       VARCHAR(64) NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX patch_preview_whole_hash ON patch_preview_whole (hash);
