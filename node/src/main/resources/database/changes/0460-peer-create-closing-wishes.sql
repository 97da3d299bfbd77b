--liquibase formatted sql
--changeset peer:0460

-- Who wishes that an organisation hosted here closes, until a second person wishes it too.
CREATE TABLE organization_closing_wish (
    organization ${uuid} NOT NULL PRIMARY KEY,
    account ${uuid} NOT NULL,
    wished_at BIGINT NOT NULL
);
