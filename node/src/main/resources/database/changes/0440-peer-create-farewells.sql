--liquibase formatted sql
--changeset peer:0440

-- Organisations hosted here that close, or closed: their addresses answer 410 for ever.
CREATE TABLE organization_farewell (
    organization ${uuid} NOT NULL PRIMARY KEY,
    begun_at BIGINT NOT NULL,
    gone_at BIGINT
);
