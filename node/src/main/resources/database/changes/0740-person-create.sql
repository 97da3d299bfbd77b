--liquibase formatted sql
--changeset person:0740

-- What a visitor typed or opened with a help code. content is sealed under the secret in their cookie, of which only the hash is here.
CREATE TABLE person_visit (
    secret_hash ${key} NOT NULL PRIMARY KEY,
    content ${bytes} NOT NULL,
    opened_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);

-- One help code for each request; secret and word as Argon2id.
CREATE TABLE help_code (
    locator ${key} NOT NULL PRIMARY KEY,
    referral ${uuid} NOT NULL,
    case_id ${uuid} NOT NULL,
    secret_hash ${key} NOT NULL,
    word_hash ${key},
    given_at BIGINT NOT NULL,
    CONSTRAINT help_code_referral UNIQUE (referral)
);

-- Between a person and the organisation that asks for them. content is encrypted under the case's key `case`.
CREATE TABLE person_message (
    id ${uuid} NOT NULL PRIMARY KEY,
    referral ${uuid} NOT NULL,
    case_id ${uuid} NOT NULL,
    organization ${uuid} NOT NULL,
    kind ${key} NOT NULL,
    content ${bytes} NOT NULL,
    written_at BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX person_message_referral ON person_message (referral, written_at);
CREATE INDEX person_message_organization ON person_message (organization, settled_at);
