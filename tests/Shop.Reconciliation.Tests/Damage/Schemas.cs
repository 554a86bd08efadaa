using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Tests.Damage;

/// <summary>Two shapes of the same data: a text key, and a composite one. The columns have what is hard to compare.</summary>
internal static class Schemas
{
    private const string RootColumns = """
          created_on DATETIME(6) NOT NULL, updated_at DATETIME(6) NOT NULL, region VARCHAR(20) NOT NULL, epoch BIGINT NOT NULL,
          currency CHAR(3) NOT NULL, total BIGINT NOT NULL, email VARCHAR(254) NOT NULL,
          note VARCHAR(200) NULL, remark VARCHAR(200) NULL, weight DECIMAL(10,3) NULL, token VARBINARY(16) NULL, flags BIT(4) NULL,
          label VARCHAR(50) COLLATE utf8mb4_bin NULL, doubled BIGINT GENERATED ALWAYS AS (total * 2) STORED, code_word CHAR(6) NOT NULL, seen TIMESTAMP NULL
        """;

    public const string ByText = $"""
        CREATE TABLE parent (id CHAR(36) NOT NULL, {RootColumns}, PRIMARY KEY (id), KEY (updated_at, id)) COLLATE utf8mb4_unicode_520_ci;
        CREATE TABLE child (parent_id CHAR(36) NOT NULL, sku VARCHAR(40) NOT NULL, quantity INT NOT NULL, cost BIGINT NULL, hint VARCHAR(100) NULL,
          PRIMARY KEY (parent_id, sku)) COLLATE utf8mb4_unicode_520_ci;
        """;

    public const string ByPair = $"""
        CREATE TABLE parent (tenant INT NOT NULL, code VARCHAR(36) NOT NULL, {RootColumns}, PRIMARY KEY (tenant, code), KEY (updated_at, tenant, code))
          COLLATE utf8mb4_unicode_520_ci;
        CREATE TABLE child (tenant INT NOT NULL, code VARCHAR(36) NOT NULL, sku VARCHAR(40) NOT NULL, quantity INT NOT NULL, cost BIGINT NULL,
          hint VARCHAR(100) NULL, PRIMARY KEY (tenant, code, sku)) COLLATE utf8mb4_unicode_520_ci;
        """;

    /// <summary>The new side has its columns in another order.</summary>
    public const string Reordered = "ALTER TABLE parent MODIFY COLUMN note VARCHAR(200) NULL AFTER label, MODIFY COLUMN total BIGINT NOT NULL AFTER created_on";

    public static ReconciliationPlan PlanByText { get; } = Plan(["id"], ["parent_id"]);

    public static ReconciliationPlan PlanByPair { get; } = Plan(["tenant", "code"], ["tenant", "code"]);

    /// <summary>Leaves so large that a range that differs is narrowed by buckets before it is opened.</summary>
    public static ReconciliationPlan WithLargeLeaves(ReconciliationPlan plan) => plan with { RangeRows = 400, LeafRows = 5000 };

    private static ReconciliationPlan Plan(string[] key, string[] parentKey) => new(
        1, "damaged", "order", "item",
        new("parent", key, "created_on", "updated_at", "region", "epoch", new("total", "currency"), Masked: ["email"]),
        [new("child", parentKey, ["sku"], "quantity")],
        RangeRows: 25,
        LeafRows: 4);
}
