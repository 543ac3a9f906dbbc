CREATE TABLE client_token (
  operation    VARCHAR(64) NOT NULL,
  token        VARCHAR(64) NOT NULL,
  request_hash VARCHAR(64) NOT NULL,
  result       VARCHAR(128) NOT NULL,
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (operation, token)
);
CREATE INDEX client_token_age ON client_token (created_at);

-- db-scheduler's own table; the engines keep its times as each does best.
CREATE TABLE scheduled_tasks (
  task_name            VARCHAR(250) NOT NULL,
  task_instance        VARCHAR(250) NOT NULL,
  task_data            ${blob},
  execution_time       ${timestamp} NOT NULL,
  picked               BOOLEAN NOT NULL,
  picked_by            VARCHAR(250),
  last_success         ${timestamp},
  last_failure         ${timestamp},
  consecutive_failures INTEGER,
  last_heartbeat       ${timestamp},
  version              BIGINT NOT NULL,
  priority             SMALLINT,
  state                VARCHAR(50),
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
