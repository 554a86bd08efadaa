-- A replay looks an order's events up on the copy of the old primary; without an index each look reads the whole outbox.
-- By a prepared statement, so that a run that stopped before it could note the version can be repeated.
SET @statement = IF(
  EXISTS (SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'outbox' AND index_name = 'ix_outbox_order'),
  'DO 0',
  'ALTER TABLE outbox ADD KEY ix_outbox_order (order_id)');
PREPARE add_index FROM @statement;
EXECUTE add_index;
DEALLOCATE PREPARE add_index;
