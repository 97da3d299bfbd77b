--liquibase formatted sql
--changeset listing:0910

-- What staff ask all those who run our services, such as their hours in summer.
CREATE TABLE listing_campaign (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    occasion ${key} NOT NULL,
    topic ${key},
    state ${key} NOT NULL,
    account ${uuid} NOT NULL,
    made_at BIGINT NOT NULL,
    starts_at BIGINT NOT NULL
);
CREATE INDEX listing_campaign_organization ON listing_campaign (organization, made_at);

-- One mail to one mailbox about some listings: of a campaign, or by rhythm.
CREATE TABLE listing_letter (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    campaign ${uuid},
    recipient ${key} NOT NULL,
    made_at BIGINT NOT NULL,
    sent_at BIGINT,
    failed_code ${key}
);
CREATE INDEX listing_letter_campaign ON listing_letter (campaign);
CREATE INDEX listing_letter_recipient ON listing_letter (organization, recipient, made_at);

CREATE TABLE listing_letter_item (
    letter ${uuid} NOT NULL REFERENCES listing_letter (id),
    listing_id ${uuid} NOT NULL,
    PRIMARY KEY (letter, listing_id)
);
CREATE INDEX listing_letter_item_listing ON listing_letter_item (listing_id);

-- Mailboxes that were written to, and those that want no more. The token stands in each mail and does nothing but stop them.
CREATE TABLE listing_reader (
    token ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    recipient ${key} NOT NULL,
    stopped_at BIGINT,
    CONSTRAINT listing_reader_recipient UNIQUE (organization, recipient)
);
