--liquibase formatted sql
--changeset person:0776

-- Messages go on with the person, and are found by the case that they were written in, too.
CREATE INDEX person_message_case_id ON person_message (case_id);
