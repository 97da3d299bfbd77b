--liquibase formatted sql
--changeset exchange:0300

-- Keys of the actors living here. The private half is wrapped under the master key.
CREATE TABLE actor_key (
    actor ${uri} NOT NULL,
    algorithm VARCHAR(10) NOT NULL,
    public_half ${bytes} NOT NULL,
    wrapped_private_half ${bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (actor, algorithm)
);
