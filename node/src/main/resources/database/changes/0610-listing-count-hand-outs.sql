--liquibase formatted sql
--changeset listing:0610

-- How many hand-outs were made in a month. What stood on them and who made them is kept nowhere.
CREATE TABLE hand_out_count (
    in_month VARCHAR(7) NOT NULL PRIMARY KEY,
    made BIGINT NOT NULL
);
