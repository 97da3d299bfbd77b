--liquibase formatted sql
--changeset peer:0420

-- Who follows the public listings of an organisation here from any server, and who asks to.
-- Partners are not among them: what they receive is in their agreements.
CREATE TABLE follower (
    organization ${uuid} NOT NULL,
    actor ${uri} NOT NULL,
    host ${key} NOT NULL,
    handle VARCHAR(200) NOT NULL,
    follow ${uri} NOT NULL,
    state VARCHAR(10) NOT NULL,
    asked_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (organization, actor)
);
CREATE INDEX follower_actor ON follower (actor);
CREATE INDEX follower_host ON follower (host);
