--liquibase formatted sql
--changeset referral:0721

-- When the key of a part was destroyed, by the night's retention.
ALTER TABLE referral ADD COLUMN contact_erased_at BIGINT;
ALTER TABLE referral ADD COLUMN case_erased_at BIGINT;
CREATE INDEX referral_changed ON referral (changed_at);
