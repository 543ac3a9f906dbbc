CREATE TABLE resource_data_sync (
  name     VARCHAR(64) NOT NULL,
  type     VARCHAR(64) NOT NULL,
  -- As ListResourceDataSync shows it.
  document TEXT NOT NULL,
  PRIMARY KEY (name, type)
);

-- What lies at the destination already, so that only changes are written.
CREATE TABLE resource_data_sync_object (
  sync_name   VARCHAR(64) NOT NULL,
  instance_id VARCHAR(64) NOT NULL,
  type_name   VARCHAR(100) NOT NULL,
  hash        VARCHAR(64) NOT NULL,
  PRIMARY KEY (sync_name, instance_id, type_name)
);
