--liquibase formatted sql
--changeset evidence:0777

-- What others were given of a half-year, as it was: a later file that differs would tell of those in between. It is for publication,
-- so it lies in clear.
CREATE TABLE evidence_given (
    organization ${uuid} NOT NULL,
    first_month VARCHAR(7) NOT NULL,
    published ${text} NOT NULL,
    activities ${text} NOT NULL,
    PRIMARY KEY (organization, first_month)
);
