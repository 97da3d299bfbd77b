--liquibase formatted sql
--changeset exchange:0370

-- The public half of the key that lies on paper only (the recovery sheet).
CREATE TABLE recovery_key (
    public_half ${bytes} NOT NULL,
    created_at BIGINT NOT NULL
);

-- Its word for the keys that an actor has now.
ALTER TABLE actor_key ADD COLUMN announcement VARCHAR(100);
