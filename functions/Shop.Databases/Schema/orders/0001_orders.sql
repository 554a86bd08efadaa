CREATE TABLE IF NOT EXISTS customer_order (
  id           CHAR(36)     NOT NULL,
  customer_id  VARCHAR(100) NOT NULL,
  first_name   VARCHAR(100) NOT NULL,
  last_name    VARCHAR(100) NOT NULL,
  email        VARCHAR(254) NOT NULL,
  address1     VARCHAR(100) NULL,
  address2     VARCHAR(100) NULL,
  city         VARCHAR(100) NULL,
  state        VARCHAR(100) NULL,
  zip          VARCHAR(20)  NULL,
  created_on   DATETIME(6)  NOT NULL,
  updated_at   DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  status       VARCHAR(20)  NOT NULL,
  region       VARCHAR(20)  NOT NULL,
  epoch        BIGINT       NOT NULL,
  currency     CHAR(3)      NOT NULL,
  subtotal     BIGINT       NOT NULL,
  tax          BIGINT       NOT NULL,
  shipping     BIGINT       NOT NULL,
  total        BIGINT       NOT NULL,
  content_hash CHAR(64)     NOT NULL,
  PRIMARY KEY (id),
  KEY ix_order_updated (updated_at, id),
  KEY ix_order_customer (customer_id, created_on, id),
  KEY ix_order_created (created_on, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS customer_order_item (
  order_id   CHAR(36)     NOT NULL,
  product_id VARCHAR(100) NOT NULL,
  name       VARCHAR(100) NOT NULL,
  quantity   INT          NOT NULL,
  unit_cost  BIGINT       NOT NULL,
  total_cost BIGINT       NOT NULL,
  position   INT          NOT NULL,
  PRIMARY KEY (order_id, product_id),
  CONSTRAINT fk_item_order FOREIGN KEY (order_id) REFERENCES customer_order (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The body is text, not JSON: it is sent byte for byte as it was written.
CREATE TABLE IF NOT EXISTS outbox (
  event_id    CHAR(36)    NOT NULL,
  order_id    CHAR(36)    NOT NULL,
  type        VARCHAR(50) NOT NULL,
  occurred_on DATETIME(6) NOT NULL,
  body        MEDIUMTEXT  NOT NULL,
  sent_at     DATETIME(6) NULL,
  PRIMARY KEY (event_id),
  KEY ix_outbox_unsent (sent_at, occurred_on, event_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row per reign of a writing Region; the newest one is in force.
CREATE TABLE IF NOT EXISTS region_epoch (
  epoch         BIGINT      NOT NULL,
  writer_region VARCHAR(20) NOT NULL,
  since         DATETIME(6) NOT NULL,
  PRIMARY KEY (epoch)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
