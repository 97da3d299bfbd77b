--liquibase formatted sql
--changeset work:0010

CREATE TABLE job (
    kind ${key} NOT NULL,
    job_key ${uri} NOT NULL,
    payload ${text} NOT NULL,
    due BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (kind, job_key)
);
CREATE INDEX job_due ON job (due);
