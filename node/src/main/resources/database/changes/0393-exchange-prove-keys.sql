--liquibase formatted sql
--changeset exchange:0393

-- Whether more than the address it was read at says that a key is its actor's.
ALTER TABLE remote_key ADD COLUMN proven BOOLEAN DEFAULT TRUE NOT NULL;
-- Of several recovery keys only the first was believed.
UPDATE remote_key SET proven = FALSE
WHERE algorithm = 'Recovery'
    AND first_seen > (
        SELECT MIN(earlier.first_seen) FROM remote_key earlier
        WHERE earlier.actor = remote_key.actor AND earlier.algorithm = 'Recovery');

-- The sheets that followed one another, each with the word of the one before it.
CREATE TABLE recovery_change (
    number INTEGER NOT NULL PRIMARY KEY,
    former_half ${bytes} NOT NULL,
    public_half ${bytes} NOT NULL,
    announcement VARCHAR(200) NOT NULL
);
