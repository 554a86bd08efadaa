-- Orders that a lost Region took with it: what is being recovered, and which orders were.
SET @statement = IF(
  EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'customer_order' AND column_name = 'recovered_from'),
  'DO 0',
  'ALTER TABLE customer_order ADD COLUMN recovered_from VARCHAR(100) NULL');
PREPARE add_column FROM @statement;
EXECUTE add_column;
DEALLOCATE PREPARE add_column;

CREATE TABLE IF NOT EXISTS order_recovery (
  order_id     CHAR(36)     NOT NULL,
  run_id       VARCHAR(100) NOT NULL,
  announced_on DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (order_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
