--liquibase formatted sql
--changeset referral:0750

-- Who of the colleagues takes care of a request.
CREATE TABLE referral_handler (
    referral ${uuid} NOT NULL PRIMARY KEY REFERENCES referral (id),
    organization ${uuid} NOT NULL,
    account ${uuid} NOT NULL,
    since BIGINT NOT NULL
);
CREATE INDEX referral_handler_organization ON referral_handler (organization);

-- When colleagues are away, and who stands in for them.
CREATE TABLE staff_absence (
    organization ${uuid} NOT NULL,
    account ${uuid} NOT NULL,
    deputy ${uuid},
    first_day VARCHAR(10) NOT NULL,
    last_day VARCHAR(10) NOT NULL,
    PRIMARY KEY (organization, account, first_day)
);

-- Notes for colleagues. content is encrypted under the case's key `case`.
CREATE TABLE referral_note (
    id ${uuid} NOT NULL PRIMARY KEY,
    referral ${uuid} NOT NULL REFERENCES referral (id),
    organization ${uuid} NOT NULL,
    case_id ${uuid} NOT NULL,
    account ${uuid} NOT NULL,
    written_at BIGINT NOT NULL,
    content ${bytes} NOT NULL
);
CREATE INDEX referral_note_referral ON referral_note (referral, written_at);
