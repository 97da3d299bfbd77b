--liquibase formatted sql
--changeset exchange:0341

-- What was sent about one thing, for the page that shows it.
CREATE INDEX outbox_activity_order ON outbox_activity (order_key);
