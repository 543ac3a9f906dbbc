CREATE TABLE patch_baseline (
  id               VARCHAR(32) NOT NULL PRIMARY KEY,
  name             VARCHAR(128) NOT NULL,
  operating_system VARCHAR(32) NOT NULL,
  document         TEXT NOT NULL,
  version          BIGINT NOT NULL
);

-- Only what was chosen; where nothing was, the predefined baseline is the default.
CREATE TABLE default_patch_baseline (
  operating_system VARCHAR(32) NOT NULL PRIMARY KEY,
  baseline_id      VARCHAR(128) NOT NULL
);

CREATE TABLE patch_group (
  patch_group      VARCHAR(256) NOT NULL,
  operating_system VARCHAR(32) NOT NULL,
  baseline_id      VARCHAR(128) NOT NULL,
  PRIMARY KEY (patch_group, operating_system)
);
CREATE INDEX patch_group_baseline ON patch_group (baseline_id);

CREATE TABLE tag (
  resource_type VARCHAR(32) NOT NULL,
  resource_id   VARCHAR(512) NOT NULL,
  tag_key       VARCHAR(128) NOT NULL,
  tag_value     VARCHAR(256) NOT NULL,
  PRIMARY KEY (resource_type, resource_id, tag_key)
);
CREATE INDEX tag_value ON tag (resource_type, tag_key, tag_value);
