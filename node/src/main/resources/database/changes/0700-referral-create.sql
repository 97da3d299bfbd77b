--liquibase formatted sql
--changeset referral:0700

-- A referral as one side keeps it; two organisations of one node keep two rows. The byte columns are encrypted: first_step, notes
-- and consent under the case's key `case`, contact under its key `contact`.
CREATE TABLE referral (
    id ${uuid} NOT NULL PRIMARY KEY,
    uri ${uri} NOT NULL,
    side ${key} NOT NULL,
    organization ${uuid} NOT NULL,
    partner ${uri} NOT NULL,
    partner_name ${uri} NOT NULL,
    case_id ${uuid} NOT NULL,
    listing ${uuid},
    state ${key} NOT NULL,
    told_state ${key},
    urgency ${key} NOT NULL,
    respond_by BIGINT,
    offer ${uri},
    case_uri ${uri},
    own_version BIGINT NOT NULL,
    seen_version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    changed_at BIGINT NOT NULL,
    contact_sent_at BIGINT,
    first_step ${bytes},
    contact ${bytes},
    notes ${bytes},
    consent ${bytes},
    CONSTRAINT referral_uri UNIQUE (uri, side)
);
CREATE INDEX referral_organization ON referral (organization, changed_at);
CREATE INDEX referral_case_id ON referral (case_id);
CREATE INDEX referral_case_uri ON referral (case_uri);

-- The timeline. content is encrypted under the case's key `case`.
CREATE TABLE referral_event (
    id ${uuid} NOT NULL PRIMARY KEY,
    referral ${uuid} NOT NULL REFERENCES referral (id),
    happened_at BIGINT NOT NULL,
    party ${key} NOT NULL,
    kind ${key} NOT NULL,
    account ${uuid},
    content ${bytes},
    activity ${uri}
);
CREATE INDEX referral_event_referral ON referral_event (referral, happened_at);
