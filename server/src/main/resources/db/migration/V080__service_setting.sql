-- Settings that were changed; all others have their defaults.
CREATE TABLE service_setting (
  id          VARCHAR(128) NOT NULL PRIMARY KEY,
  value       TEXT NOT NULL,
  modified_at BIGINT NOT NULL,
  modified_by VARCHAR(256) NOT NULL
);
