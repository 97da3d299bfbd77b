--liquibase formatted sql
--changeset account:0201

CREATE TABLE hosted_organization (
    id ${uuid} NOT NULL PRIMARY KEY,
    slug ${key} NOT NULL UNIQUE,
    name VARCHAR(200) NOT NULL,
    phone VARCHAR(100),
    languages VARCHAR(1000) NOT NULL
);

-- Slugs given up by a rename: links to them lead to the organisation for ever.
CREATE TABLE former_slug (
    slug ${key} NOT NULL PRIMARY KEY,
    organization_id ${uuid} NOT NULL REFERENCES hosted_organization (id)
);

CREATE TABLE account (
    id ${uuid} NOT NULL PRIMARY KEY,
    email ${key} NOT NULL UNIQUE,
    password_hash VARCHAR(255) NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE account_role (
    account_id ${uuid} NOT NULL REFERENCES account (id),
    organization_id ${uuid} NOT NULL REFERENCES hosted_organization (id),
    role VARCHAR(20) NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, organization_id, role)
);

-- Secrets are here only as SHA-256 of 256 random bits.
CREATE TABLE staff_session (
    secret_hash ${key} NOT NULL PRIMARY KEY,
    account_id ${uuid} NOT NULL REFERENCES account (id),
    organization_id ${uuid} NOT NULL REFERENCES hosted_organization (id),
    opened_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX staff_session_opened ON staff_session (opened_at);

CREATE TABLE known_device (
    secret_hash ${key} NOT NULL PRIMARY KEY,
    account_id ${uuid} NOT NULL REFERENCES account (id),
    used_at BIGINT NOT NULL
);

CREATE TABLE api_token (
    id ${uuid} NOT NULL PRIMARY KEY,
    secret_hash ${key} NOT NULL UNIQUE,
    name VARCHAR(100) NOT NULL,
    account_id ${uuid} NOT NULL REFERENCES account (id),
    organization_id ${uuid} NOT NULL REFERENCES hosted_organization (id),
    created_at BIGINT NOT NULL
);
