--liquibase formatted sql
--changeset referral:0730

-- What staff have to do about a referral that its state alone does not say; a row goes when it is done.
CREATE TABLE referral_duty (
    referral ${uuid} NOT NULL REFERENCES referral (id),
    kind ${key} NOT NULL,
    organization ${uuid} NOT NULL,
    since BIGINT NOT NULL,
    due BIGINT NOT NULL,
    PRIMARY KEY (referral, kind)
);
CREATE INDEX referral_duty_organization ON referral_duty (organization, due);
