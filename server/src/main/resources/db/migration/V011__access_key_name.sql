-- What its owner calls a key, and who made it: an access key's id, or empty for this machine.
ALTER TABLE access_key ADD COLUMN name VARCHAR(64) NOT NULL DEFAULT '';
ALTER TABLE access_key ADD COLUMN created_by VARCHAR(32) NOT NULL DEFAULT '';
