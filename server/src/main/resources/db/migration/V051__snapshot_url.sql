CREATE TABLE patch_snapshot_url (
  token            VARCHAR(64) NOT NULL PRIMARY KEY,
  snapshot_id      VARCHAR(64) NOT NULL,
  patch_group      VARCHAR(256) NOT NULL,
  operating_system VARCHAR(32) NOT NULL,
  expires_at       BIGINT NOT NULL
);
