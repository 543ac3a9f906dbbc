CREATE TABLE activation (
  id                    VARCHAR(36) NOT NULL PRIMARY KEY,
  code_hash             VARCHAR(64) NOT NULL,
  description           TEXT,
  default_instance_name TEXT,
  iam_role              VARCHAR(64) NOT NULL,
  registration_limit    INTEGER NOT NULL,
  registrations         INTEGER NOT NULL,
  created_at            BIGINT NOT NULL,
  expires_at            BIGINT NOT NULL
);

CREATE TABLE managed_node (
  id               VARCHAR(64) NOT NULL PRIMARY KEY,
  activation_id    VARCHAR(36) NOT NULL,
  iam_role         VARCHAR(64) NOT NULL,
  name             TEXT,
  fingerprint      VARCHAR(256) NOT NULL,
  public_key       TEXT NOT NULL,
  registered_at    BIGINT NOT NULL,
  last_ping_at     BIGINT,
  agent_name       TEXT,
  agent_version    TEXT,
  platform_type    TEXT,
  platform_name    TEXT,
  platform_version TEXT,
  computer_name    TEXT,
  ip_address       TEXT
);
CREATE INDEX managed_node_fingerprint ON managed_node (fingerprint);
