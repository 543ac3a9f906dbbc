-- One row for a request that changed something or was refused.
CREATE TABLE audit (
  at          BIGINT NOT NULL,
  request_id  VARCHAR(36) NOT NULL,
  -- key, node, claimed (an id that nothing proved) or local (the owner of the server's machine)
  caller_type VARCHAR(8) NOT NULL,
  caller      VARCHAR(64) NOT NULL,
  role        VARCHAR(16) NOT NULL,
  operation   VARCHAR(96) NOT NULL,
  outcome     VARCHAR(64) NOT NULL,
  source      VARCHAR(64) NOT NULL,
  -- refusals of the same caller before this one that have no row
  unrecorded  INTEGER NOT NULL,
  PRIMARY KEY (at, request_id)
);
CREATE INDEX audit_caller ON audit (caller, at);
CREATE INDEX audit_operation ON audit (operation, at);

CREATE TABLE audit_resource (
  at         BIGINT NOT NULL,
  request_id VARCHAR(36) NOT NULL,
  resource   VARCHAR(512) NOT NULL,
  -- what stands after its last slash
  name       VARCHAR(512) NOT NULL,
  PRIMARY KEY (at, request_id, resource)
);
CREATE INDEX audit_resource_name ON audit_resource (name, at);
