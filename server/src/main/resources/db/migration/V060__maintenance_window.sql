CREATE TABLE maintenance_window (
  id         VARCHAR(20) NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL,
  -- GetMaintenanceWindow's answer, without the next execution time.
  document   TEXT NOT NULL,
  -- Since when a rate counts.
  phase_at   BIGINT NOT NULL,
  next_start BIGINT
);

CREATE TABLE maintenance_window_target (
  id         VARCHAR(36) NOT NULL PRIMARY KEY,
  window_id  VARCHAR(20) NOT NULL,
  created_at BIGINT NOT NULL,
  document   TEXT NOT NULL
);
CREATE INDEX maintenance_window_target_window ON maintenance_window_target (window_id);

CREATE TABLE maintenance_window_task (
  id         VARCHAR(36) NOT NULL PRIMARY KEY,
  window_id  VARCHAR(20) NOT NULL,
  created_at BIGINT NOT NULL,
  document   TEXT NOT NULL
);
CREATE INDEX maintenance_window_task_window ON maintenance_window_task (window_id);

-- One row; whoever changes it decides alone which executions run at once.
CREATE TABLE maintenance_window_gate (
  id INTEGER NOT NULL PRIMARY KEY
);
INSERT INTO maintenance_window_gate (id) VALUES (1);

CREATE TABLE maintenance_window_execution (
  id             VARCHAR(36) NOT NULL PRIMARY KEY,
  window_id      VARCHAR(20) NOT NULL,
  due_at         BIGINT NOT NULL,
  cutoff_at      BIGINT NOT NULL,
  status         VARCHAR(24) NOT NULL,
  status_details VARCHAR(250),
  started_at     BIGINT,
  ended_at       BIGINT,
  UNIQUE (window_id, due_at)
);
CREATE INDEX maintenance_window_execution_status ON maintenance_window_execution (status);
CREATE INDEX maintenance_window_execution_end ON maintenance_window_execution (ended_at);

CREATE TABLE maintenance_window_execution_task (
  id             VARCHAR(36) NOT NULL PRIMARY KEY,
  execution_id   VARCHAR(36) NOT NULL,
  position       INTEGER NOT NULL,
  -- The task as it was when the execution began.
  document       TEXT NOT NULL,
  status         VARCHAR(24) NOT NULL,
  status_details VARCHAR(250),
  started_at     BIGINT,
  ended_at       BIGINT
);
CREATE INDEX maintenance_window_execution_task_of
  ON maintenance_window_execution_task (execution_id, position);

CREATE TABLE maintenance_window_execution_invocation (
  id               VARCHAR(36) NOT NULL PRIMARY KEY,
  execution_id     VARCHAR(36) NOT NULL,
  task_id          VARCHAR(36) NOT NULL,
  position         INTEGER NOT NULL,
  window_target_id VARCHAR(36),
  owner_information VARCHAR(128),
  parameters       TEXT,
  command_id       VARCHAR(36),
  status           VARCHAR(24) NOT NULL,
  status_details   VARCHAR(250),
  started_at       BIGINT,
  ended_at         BIGINT
);
CREATE INDEX maintenance_window_execution_invocation_of
  ON maintenance_window_execution_invocation (execution_id);
CREATE INDEX maintenance_window_execution_invocation_task
  ON maintenance_window_execution_invocation (task_id, position);
CREATE INDEX maintenance_window_execution_invocation_command
  ON maintenance_window_execution_invocation (command_id);
