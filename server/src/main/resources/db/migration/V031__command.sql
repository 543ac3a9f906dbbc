CREATE TABLE command (
  id                        VARCHAR(36) NOT NULL PRIMARY KEY,
  document_name             VARCHAR(256) NOT NULL,
  document_version          VARCHAR(16) NOT NULL,
  request                   TEXT NOT NULL,
  payload                   TEXT NOT NULL,
  status                    VARCHAR(16) NOT NULL,
  status_details            VARCHAR(32) NOT NULL,
  requested_at              BIGINT NOT NULL,
  expires_at                BIGINT NOT NULL,
  delivery_millis           BIGINT NOT NULL,
  concurrency               INTEGER NOT NULL,
  error_limit               INTEGER NOT NULL,
  when_ended                VARCHAR(250),
  target_count              INTEGER NOT NULL,
  sent_count                INTEGER NOT NULL DEFAULT 0,
  sent_ended_count          INTEGER NOT NULL DEFAULT 0,
  ended_count               INTEGER NOT NULL DEFAULT 0,
  success_count             INTEGER NOT NULL DEFAULT 0,
  failed_count              INTEGER NOT NULL DEFAULT 0,
  execution_timed_out_count INTEGER NOT NULL DEFAULT 0,
  delivery_timed_out_count  INTEGER NOT NULL DEFAULT 0,
  cancelled_count           INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX command_newest ON command (requested_at, id);

CREATE TABLE command_invocation (
  command_id   VARCHAR(36) NOT NULL,
  instance_id  VARCHAR(64) NOT NULL,
  position     INTEGER NOT NULL,
  state        VARCHAR(32) NOT NULL,
  requested_at BIGINT NOT NULL,
  sent_at      BIGINT,
  deadline     BIGINT,
  trace_output TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (command_id, instance_id)
);
CREATE INDEX command_invocation_unsent ON command_invocation (command_id, state, position);
CREATE INDEX command_invocation_deadline ON command_invocation (command_id, deadline);
CREATE INDEX command_invocation_newest ON command_invocation (requested_at, command_id, instance_id);
CREATE INDEX command_invocation_node ON command_invocation (instance_id, state);

CREATE TABLE command_step (
  command_id      VARCHAR(36) NOT NULL,
  instance_id     VARCHAR(64) NOT NULL,
  name            VARCHAR(128) NOT NULL,
  status          VARCHAR(32) NOT NULL,
  code            INTEGER NOT NULL,
  started_at      BIGINT,
  ended_at        BIGINT,
  standard_output TEXT NOT NULL,
  standard_error  TEXT NOT NULL,
  PRIMARY KEY (command_id, instance_id, name)
);

-- What has been taken in, so that a reply sent again counts once.
CREATE TABLE command_reply (
  command_id  VARCHAR(36) NOT NULL,
  instance_id VARCHAR(64) NOT NULL,
  reply_id    VARCHAR(64) NOT NULL,
  PRIMARY KEY (command_id, instance_id, reply_id)
);
