--liquibase formatted sql
--changeset referral:0731

-- "Place for 2 and 1 from Monday?": nothing of a person is in it. Two rows where both sides are here.
CREATE TABLE place_check (
    id ${uuid} NOT NULL PRIMARY KEY,
    activity ${uri} NOT NULL,
    incoming BOOLEAN NOT NULL,
    organization ${uuid} NOT NULL,
    partner ${uri} NOT NULL,
    partner_name ${uri} NOT NULL,
    listing ${uuid} NOT NULL,
    service ${uri} NOT NULL,
    adults INTEGER NOT NULL,
    children INTEGER NOT NULL,
    from_day VARCHAR(10) NOT NULL,
    asked_at BIGINT NOT NULL,
    answer ${key},
    answered_at BIGINT,
    CONSTRAINT place_check_activity UNIQUE (activity, incoming)
);
CREATE INDEX place_check_organization ON place_check (organization, asked_at);

-- Whom the person named to be asked next; encrypted under the case's key `case`.
ALTER TABLE referral ADD COLUMN plan ${bytes};
