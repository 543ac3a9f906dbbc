-- The whole output of steps, as nodes send it piece by piece.
CREATE TABLE command_output (
  command_id  VARCHAR(36) NOT NULL,
  instance_id VARCHAR(64) NOT NULL,
  step        VARCHAR(128) NOT NULL,
  stream      VARCHAR(16) NOT NULL,
  length      BIGINT NOT NULL,
  -- Whether the node has said that nothing follows.
  complete    BOOLEAN NOT NULL,
  -- Whether the node had more than the server keeps.
  cut         BOOLEAN NOT NULL,
  updated_at  BIGINT NOT NULL,
  PRIMARY KEY (command_id, instance_id, step, stream)
);

CREATE TABLE command_output_piece (
  command_id  VARCHAR(36) NOT NULL,
  instance_id VARCHAR(64) NOT NULL,
  step        VARCHAR(128) NOT NULL,
  stream      VARCHAR(16) NOT NULL,
  position    BIGINT NOT NULL,
  bytes       ${blob} NOT NULL,
  PRIMARY KEY (command_id, instance_id, step, stream, position)
);
