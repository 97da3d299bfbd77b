--liquibase formatted sql
--changeset oversight:0774

-- Who behind which request was told of a breach, and who must still be called. It goes with the case.
CREATE TABLE breach_notice (
    breach ${uuid} NOT NULL,
    referral ${uuid} NOT NULL,
    how ${key} NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (breach, referral)
);
CREATE INDEX breach_notice_referral ON breach_notice (referral);
-- Why it was rated lower or closed while somebody had not been told; encrypted like the content.
ALTER TABLE breach ADD COLUMN why ${bytes};
CREATE INDEX data_request_referral ON data_request (referral);
