--liquibase formatted sql
--changeset peer:0470

-- Who wishes that an organisation hosted here moves to another node, until a second person wishes it too.
CREATE TABLE organization_moving_wish (
    organization ${uuid} NOT NULL PRIMARY KEY,
    target ${uri} NOT NULL,
    account ${uuid} NOT NULL,
    wished_at BIGINT NOT NULL
);
