--liquibase formatted sql
--changeset exchange:0320

-- Activities received and verified. The row outlives its body: it is the memory against doubles.
-- With case_id, the body is readable only under that case's key.
CREATE TABLE inbox_activity (
    id ${uuid} NOT NULL PRIMARY KEY,
    activity ${uri} NOT NULL UNIQUE,
    type ${key} NOT NULL,
    subject ${key} NOT NULL,
    actor ${uri} NOT NULL,
    receiver ${uuid},
    case_id ${uuid},
    body ${bytes},
    received_at BIGINT NOT NULL,
    state VARCHAR(10) NOT NULL,
    code ${key},
    changed_at BIGINT NOT NULL
);
CREATE INDEX inbox_activity_state ON inbox_activity (state, received_at);
