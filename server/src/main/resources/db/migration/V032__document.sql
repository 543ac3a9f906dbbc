CREATE TABLE document (
  name            VARCHAR(128) NOT NULL PRIMARY KEY,
  type            VARCHAR(64) NOT NULL,
  created_at      BIGINT NOT NULL,
  default_version INTEGER NOT NULL,
  -- Never given again, also when the version is deleted.
  last_version    INTEGER NOT NULL
);

CREATE TABLE document_version (
  name           VARCHAR(128) NOT NULL,
  version        INTEGER NOT NULL,
  version_name   VARCHAR(128),
  display_name   VARCHAR(1024),
  target_type    VARCHAR(200),
  format         VARCHAR(8) NOT NULL,
  schema_version VARCHAR(16) NOT NULL,
  platform_types VARCHAR(64) NOT NULL,
  description    TEXT NOT NULL,
  content        TEXT NOT NULL,
  sha256         VARCHAR(64) NOT NULL,
  created_at     BIGINT NOT NULL,
  PRIMARY KEY (name, version)
);
CREATE UNIQUE INDEX document_version_name ON document_version (name, version_name);

-- With which accounts a document is shared; 'all' for everybody.
CREATE TABLE document_share (
  name           VARCHAR(128) NOT NULL,
  account_id     VARCHAR(12) NOT NULL,
  shared_version VARCHAR(8) NOT NULL,
  PRIMARY KEY (name, account_id)
);

CREATE TABLE document_review (
  name       VARCHAR(128) NOT NULL,
  version    INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  status     VARCHAR(16) NOT NULL,
  reviewer   VARCHAR(128) NOT NULL,
  remark     VARCHAR(1024) NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (name, version, position)
);
