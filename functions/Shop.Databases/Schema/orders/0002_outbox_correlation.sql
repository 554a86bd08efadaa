-- Which request an event comes from; the message on the broker carries it on.
ALTER TABLE outbox ADD COLUMN correlation_id VARCHAR(64) NULL;
