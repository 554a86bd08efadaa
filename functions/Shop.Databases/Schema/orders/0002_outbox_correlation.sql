-- Which request an event comes from; the message on the broker carries it on.
-- By a prepared statement, so that a run that stopped before it could note the version can be repeated: MySQL has no ADD COLUMN IF NOT EXISTS.
SET @statement = IF(
  EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'outbox' AND column_name = 'correlation_id'),
  'DO 0',
  'ALTER TABLE outbox ADD COLUMN correlation_id VARCHAR(64) NULL');
PREPARE add_column FROM @statement;
EXECUTE add_column;
DEALLOCATE PREPARE add_column;
