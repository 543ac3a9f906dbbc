-- A key that a node has announced: the old one counts until this one was used.
ALTER TABLE managed_node ADD COLUMN next_public_key TEXT;
-- Epoch milliseconds; null for the key that the node registered with.
ALTER TABLE managed_node ADD COLUMN key_since BIGINT;
-- When an administrator asked for a new key; null once there is one.
ALTER TABLE managed_node ADD COLUMN key_wanted_at BIGINT;
