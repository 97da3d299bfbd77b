--liquibase formatted sql
--changeset listing:0560

-- Words that staff put beside each other for searches; one word a line. No language: all of them.
CREATE TABLE search_words (
    id ${uuid} NOT NULL PRIMARY KEY,
    language VARCHAR(35) NOT NULL,
    words VARCHAR(2000) NOT NULL
);

-- How often nothing was found, by month and by words of the taxonomy; never what was typed.
CREATE TABLE unmet_need (
    in_month VARCHAR(7) NOT NULL,
    topic VARCHAR(20) NOT NULL,
    word VARCHAR(60) NOT NULL,
    searches BIGINT NOT NULL,
    PRIMARY KEY (in_month, topic, word)
);
