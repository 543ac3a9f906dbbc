-- What nodes told of themselves, the whole of a type in one text.
CREATE TABLE inventory_item (
  instance_id    VARCHAR(64) NOT NULL,
  type_name      VARCHAR(100) NOT NULL,
  schema_version VARCHAR(16) NOT NULL,
  capture_time   VARCHAR(20) NOT NULL,
  content_hash   VARCHAR(256),
  received_at    BIGINT NOT NULL,
  bytes          INTEGER NOT NULL,
  content        TEXT NOT NULL,
  PRIMARY KEY (instance_id, type_name)
);
CREATE INDEX inventory_item_by_type ON inventory_item (type_name, instance_id);

-- The custom types that were ever uploaded; AWS's own are known without.
CREATE TABLE inventory_custom_type (
  type_name VARCHAR(100) NOT NULL PRIMARY KEY,
  document  TEXT NOT NULL
);

CREATE TABLE inventory_deletion (
  id         VARCHAR(36) NOT NULL PRIMARY KEY,
  type_name  VARCHAR(100) NOT NULL,
  started_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  complete   BOOLEAN NOT NULL,
  summary    TEXT NOT NULL
);
CREATE INDEX inventory_deletion_newest ON inventory_deletion (started_at, id);
