CREATE TABLE IF NOT EXISTS product (
  product_id  VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name        VARCHAR(100) NOT NULL,
  description VARCHAR(500) NOT NULL,
  price       BIGINT       NOT NULL,
  currency    CHAR(3)      NOT NULL DEFAULT 'USD',
  count       INT          NOT NULL,
  image_url   VARCHAR(200) NOT NULL,
  PRIMARY KEY (product_id),
  KEY ix_product_name (name, product_id),
  KEY ix_product_price (price, product_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS tag (
  tag_id       INT NOT NULL,
  name         VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  display_name VARCHAR(40) NOT NULL,
  PRIMARY KEY (tag_id),
  UNIQUE KEY ux_tag_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS product_tag (
  product_id VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  tag_id     INT NOT NULL,
  PRIMARY KEY (product_id, tag_id),
  KEY ix_product_tag_tag (tag_id, product_id),
  CONSTRAINT fk_product_tag_product FOREIGN KEY (product_id) REFERENCES product (product_id),
  CONSTRAINT fk_product_tag_tag FOREIGN KEY (tag_id) REFERENCES tag (tag_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
