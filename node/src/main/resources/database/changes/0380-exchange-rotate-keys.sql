--liquibase formatted sql
--changeset exchange:0380

-- What the key is called, behind the # of its address.
ALTER TABLE actor_key ADD COLUMN fragment VARCHAR(40);

-- Keys that were replaced in the usual way: still listed for a while, their private halves are gone.
CREATE TABLE former_key (
    actor ${uri} NOT NULL,
    fragment VARCHAR(40) NOT NULL,
    algorithm VARCHAR(10) NOT NULL,
    public_half ${bytes} NOT NULL,
    listed_until BIGINT NOT NULL,
    PRIMARY KEY (actor, fragment)
);

-- The Ed25519 keys that followed one another, each with the word of the one before it.
CREATE TABLE signer_change (
    actor ${uri} NOT NULL,
    number INTEGER NOT NULL,
    public_half ${bytes} NOT NULL,
    announcement VARCHAR(200) NOT NULL,
    PRIMARY KEY (actor, number)
);
