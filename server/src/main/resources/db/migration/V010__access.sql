CREATE TABLE access_key (
  id            VARCHAR(32) NOT NULL PRIMARY KEY,
  sealed_secret ${blob} NOT NULL,
  role          VARCHAR(16) NOT NULL,
  created_at    BIGINT NOT NULL,
  revoked_at    BIGINT
);
