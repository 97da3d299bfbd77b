--liquibase formatted sql
--changeset exchange:0330

-- Activities to be delivered. With case_id, the body is readable only under that case's key.
CREATE TABLE outbox_activity (
    activity ${uri} NOT NULL PRIMARY KEY,
    type ${key} NOT NULL,
    subject ${key} NOT NULL,
    sender ${uri} NOT NULL,
    order_key ${uri} NOT NULL,
    case_id ${uuid},
    body ${bytes},
    created_at BIGINT NOT NULL
);

-- One row for each inbox an activity goes to. Rows of one lane (host and order key) go one by one,
-- by number.
CREATE TABLE delivery (
    number BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    activity ${uri} NOT NULL,
    inbox ${uri} NOT NULL,
    host ${key} NOT NULL,
    lane ${uuid} NOT NULL,
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    queued_at BIGINT NOT NULL,
    due BIGINT NOT NULL,
    failing_since BIGINT,
    code ${key},
    ended_at BIGINT,
    UNIQUE (activity, inbox)
);
CREATE INDEX delivery_lane ON delivery (lane, state, number);
CREATE INDEX delivery_host ON delivery (host, state);
