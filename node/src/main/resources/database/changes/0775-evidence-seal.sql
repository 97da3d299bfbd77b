--liquibase formatted sql
--changeset evidence:0775

-- Counts, encrypted under a case key of the organisation and its year: beside a row of a referral they would tell what is sealed
-- there. One row per happening, and from the next night on one per month. What lies in evidence_fresh and evidence_count is moved
-- here at the next start.
CREATE TABLE evidence_sealed (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    case_id ${uuid} NOT NULL,
    counted_month VARCHAR(7) NOT NULL,
    is_sum BOOLEAN NOT NULL,
    content ${bytes} NOT NULL
);
CREATE INDEX evidence_sealed_month ON evidence_sealed (organization, counted_month);
CREATE INDEX evidence_sealed_case_id ON evidence_sealed (case_id);
