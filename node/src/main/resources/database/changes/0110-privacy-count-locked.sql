--liquibase formatted sql
--changeset privacy:0110

-- When the keys were locked: what could not be tried meanwhile is not given up for it. One row has no end while they are.
CREATE TABLE locked_time (
    began BIGINT NOT NULL,
    ended BIGINT
);
