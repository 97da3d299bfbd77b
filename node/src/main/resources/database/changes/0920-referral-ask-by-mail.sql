--liquibase formatted sql
--changeset referral:0920

-- Organisations without a node that may be asked for help, one for each provider of listings.
CREATE TABLE mail_receiver (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    provider ${uuid} NOT NULL,
    name ${uri} NOT NULL,
    mailbox ${key} NOT NULL,
    phone ${key} NOT NULL,
    language ${key} NOT NULL,
    agreed_until VARCHAR(10),
    confirmed_at BIGINT,
    confirmed_with ${key} NOT NULL,
    CONSTRAINT mail_receiver_provider UNIQUE (organization, provider)
);

-- Links to one request; of each secret only the hash.
CREATE TABLE request_link (
    secret_hash ${key} NOT NULL PRIMARY KEY,
    referral ${uuid} NOT NULL,
    organization ${uuid} NOT NULL,
    language ${key} NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX request_link_referral ON request_link (referral);

-- The code that is read out by phone, under the contact key of the case: it dies with what it opens.
CREATE TABLE contact_code (
    referral ${uuid} NOT NULL PRIMARY KEY,
    code ${bytes} NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries INTEGER NOT NULL
);
