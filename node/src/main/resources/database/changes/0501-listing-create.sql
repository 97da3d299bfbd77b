--liquibase formatted sql
--changeset listing:0501

-- What organisations tell us, one HSDS object per row: services, and what several of them share.
CREATE TABLE aggregate (
    id ${uuid} NOT NULL PRIMARY KEY,
    type VARCHAR(20) NOT NULL,
    publisher_id ${uuid} NOT NULL,
    document ${text} NOT NULL,
    hash VARCHAR(64) NOT NULL
);
CREATE INDEX aggregate_publisher ON aggregate (publisher_id, type);

-- Which services show which shared object.
CREATE TABLE aggregate_use (
    service_id ${uuid} NOT NULL,
    part_id ${uuid} NOT NULL,
    PRIMARY KEY (service_id, part_id)
);
CREATE INDEX aggregate_use_part ON aggregate_use (part_id);

-- What is published of a service, own or a partner's. The columns repeat what queries ask for.
CREATE TABLE listing (
    id ${uuid} NOT NULL PRIMARY KEY,
    uri ${uri} NOT NULL,
    publisher_id ${uuid},
    actor ${uri},
    partner ${key},
    received_at BIGINT,
    provider_id ${uuid} NOT NULL,
    folded_name ${key} NOT NULL,
    topics ${key} NOT NULL,
    status VARCHAR(20) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    reach VARCHAR(20) NOT NULL,
    place VARCHAR(20) NOT NULL,
    review VARCHAR(20) NOT NULL,
    reasons ${key} NOT NULL,
    proposed_kind VARCHAR(20),
    proposed_reach VARCHAR(20),
    proposed_place VARCHAR(20),
    proposed_by ${uuid},
    document ${text} NOT NULL,
    hash VARCHAR(64) NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    change_number BIGINT NOT NULL
);
CREATE UNIQUE INDEX listing_uri ON listing (uri);
CREATE INDEX listing_publisher ON listing (publisher_id, review);
CREATE INDEX listing_actor ON listing (actor);
CREATE INDEX listing_provider ON listing (provider_id);
CREATE INDEX listing_change ON listing (change_number);
