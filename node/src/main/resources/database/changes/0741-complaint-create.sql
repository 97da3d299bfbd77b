--liquibase formatted sql
--changeset complaint:0741

-- content and answer are encrypted under a case key of the complaint's own.
CREATE TABLE complaint (
    id ${uuid} NOT NULL PRIMARY KEY,
    case_id ${uuid} NOT NULL,
    code_hash ${key} NOT NULL UNIQUE,
    content ${bytes} NOT NULL,
    answer ${bytes},
    filed_at BIGINT NOT NULL,
    seen_at BIGINT,
    answered_at BIGINT
);
CREATE INDEX complaint_filed ON complaint (filed_at);
CREATE INDEX complaint_case_id ON complaint (case_id);

-- Who may read it: those who took complaints when it was made and whom it does not name. A role given later opens no earlier one.
CREATE TABLE complaint_reader (
    complaint ${uuid} NOT NULL REFERENCES complaint (id),
    account ${uuid} NOT NULL,
    PRIMARY KEY (complaint, account)
);
CREATE INDEX complaint_reader_account ON complaint_reader (account);
