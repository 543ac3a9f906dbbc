-- One row for each node and compliance type: the summary, and the items where the type was uploaded.
-- The items of type Patch are derived from the node's patch states when they are asked for.
CREATE TABLE compliance (
  resource_id      VARCHAR(64) NOT NULL,
  compliance_type  VARCHAR(100) NOT NULL,
  status           VARCHAR(16) NOT NULL,
  overall_severity VARCHAR(16) NOT NULL,
  executed_at      BIGINT NOT NULL,
  execution_id     VARCHAR(100) NOT NULL,
  execution_type   VARCHAR(50) NOT NULL,
  patch_group      VARCHAR(256) NOT NULL,
  baseline_id      VARCHAR(128) NOT NULL,
  content_hash     VARCHAR(256),
  counts           TEXT NOT NULL,
  items            TEXT,
  PRIMARY KEY (resource_id, compliance_type)
);
CREATE INDEX compliance_by_type ON compliance (compliance_type, resource_id);
