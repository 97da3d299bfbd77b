--liquibase formatted sql
--changeset peer:0430

-- Where an organisation hosted here lived before: its old actors, which say so too.
CREATE TABLE organization_alias (
    organization ${uuid} NOT NULL,
    former ${uri} NOT NULL,
    PRIMARY KEY (organization, former)
);

-- Where an organisation went that was hosted here.
CREATE TABLE organization_move (
    organization ${uuid} NOT NULL PRIMARY KEY,
    target ${uri} NOT NULL,
    moved_at BIGINT NOT NULL
);

-- Partner organisations that went elsewhere, and whether we followed them there.
CREATE TABLE partner_move (
    former ${uri} NOT NULL PRIMARY KEY,
    target ${uri} NOT NULL,
    name VARCHAR(500) NOT NULL,
    seen_at BIGINT NOT NULL,
    followed_at BIGINT
);
