-- What many nodes have in common, stored once and known by a number.
CREATE TABLE catalog_entry (
  id      INTEGER NOT NULL PRIMARY KEY,
  kind    VARCHAR(16) NOT NULL,
  hash    VARCHAR(64) NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (kind, hash)
);
CREATE TABLE catalog_counter (
  one     INTEGER NOT NULL PRIMARY KEY,
  last_id INTEGER NOT NULL
);
INSERT INTO catalog_counter (one, last_id) VALUES (1, 0);

-- Which versions archives have offered to nodes of a product.
CREATE TABLE catalog_product (
  operating_system VARCHAR(32) NOT NULL,
  product          VARCHAR(128) NOT NULL,
  offer_id         INTEGER NOT NULL,
  PRIMARY KEY (operating_system, product, offer_id)
);

-- The sets are compressed bitmaps of catalog ids.
CREATE TABLE node_facts (
  instance_id VARCHAR(64) NOT NULL PRIMARY KEY,
  hash        VARCHAR(64) NOT NULL,
  reported_at BIGINT NOT NULL,
  host        TEXT NOT NULL,
  installed   ${blob} NOT NULL,
  held        ${blob} NOT NULL,
  offered     ${blob} NOT NULL,
  candidates  ${blob} NOT NULL
);

-- The last patch operation of each node and what its facts make of it.
CREATE TABLE node_patch_state (
  instance_id      VARCHAR(64) NOT NULL PRIMARY KEY,
  patch_group      VARCHAR(256) NOT NULL,
  baseline_id      VARCHAR(128) NOT NULL,
  baseline_version BIGINT NOT NULL,
  operation        TEXT NOT NULL,
  counts           TEXT NOT NULL,
  memory           TEXT NOT NULL,
  statuses         ${blob} NOT NULL
);
CREATE INDEX node_patch_state_group ON node_patch_state (patch_group, instance_id);

CREATE TABLE patch_operation (
  instance_id VARCHAR(64) NOT NULL,
  command_id  VARCHAR(64) NOT NULL,
  ended_at    BIGINT NOT NULL,
  operation   TEXT NOT NULL,
  counts      TEXT NOT NULL,
  report      TEXT NOT NULL,
  PRIMARY KEY (instance_id, command_id)
);
CREATE INDEX patch_operation_age ON patch_operation (instance_id, ended_at);

-- One evaluation for all nodes of a patch group and operating system that name the snapshot.
CREATE TABLE patch_snapshot (
  snapshot_id      VARCHAR(64) NOT NULL,
  patch_group      VARCHAR(256) NOT NULL,
  operating_system VARCHAR(32) NOT NULL,
  baseline         TEXT NOT NULL,
  created_at       BIGINT NOT NULL,
  PRIMARY KEY (snapshot_id, patch_group, operating_system)
);

-- Exact versions that a rollback took out, held back from a node or from a patch group's nodes.
CREATE TABLE quarantine (
  id             VARCHAR(36) NOT NULL PRIMARY KEY,
  scope          VARCHAR(16) NOT NULL,
  held_by        VARCHAR(256) NOT NULL,
  name           VARCHAR(128) NOT NULL,
  arch           VARCHAR(128) NOT NULL,
  version        VARCHAR(256) NOT NULL,
  instance_id    VARCHAR(64) NOT NULL,
  transaction_id VARCHAR(128) NOT NULL,
  cves           TEXT NOT NULL,
  held_at        BIGINT NOT NULL,
  released_at    BIGINT,
  UNIQUE (scope, held_by, name, arch, version)
);
