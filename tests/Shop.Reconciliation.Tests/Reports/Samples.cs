using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Tasks;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests.Reports;

/// <summary>A run's results without a database.</summary>
internal static class Samples
{
    public static ReconciliationPlan Plan { get; } = new(
        1, "orders", "order", "item",
        new("customer_order", ["id"], "created_on", "updated_at", "region", "epoch", new("total", "currency"), Masked: ["email"]),
        [new("customer_order_item", ["order_id"], ["product_id"], "quantity", Masked: ["name"])]);

    public static Boundary Boundary { get; } = new(
        Moments.FailoverStartedAt, Moments.PromotedAt, Moments.FailoverStartedAt.AddSeconds(-1), Moments.LastReplicated.AddSeconds(-5), 1);

    public static Report Report(params Difference[] differences) => Report([], differences);

    public static Report Report(IReadOnlyList<string> drift, params Difference[] differences)
    {
        var tables = Tables(drift);
        var sum = new RangeSum([new(10, "123"), new(20, "456")]);
        var manifest = Manifest(Plan, tables);
        var group = new GroupResult(
            0, [new(KeyRange.All, sum, sum, differences.Length == 0)], differences.Length, "", new(2, 1, 4, [new("USD", 300)]), manifest.Target.ReadAt);
        return ReportBuilder.Build(
            manifest, [], [group], differences, new("run-1", "orders", "orders-us-east-1", "us-east-1", "us-west-2", 740), Moments.PromotedAt.AddHours(1));
    }

    public static RunManifest Manifest(ReconciliationPlan plan, ComparedTables? tables = null)
    {
        var side = new SideEvidence("host", 3306, "orders", "8.0.39", "2026-11-23T12:30:00.000000Z");
        return new(
            "run-1", plan, tables ?? Tables([]), Boundary, "sum-sha1-64", side, side, "2026-11-23T11:54:25.000000Z", new(1, 0, 0, 5, true), [new(0, [KeyRange.All])]);
    }

    private static ComparedTables Tables(IReadOnlyList<string> drift)
    {
        Column[] columns = [new("id", ColumnKind.Text), new("total", ColumnKind.Number)];
        return new(new("customer_order", [columns[0]], columns), [new("customer_order_item", [columns[0]], columns)], drift);
    }

    public static Difference Missing(string id, string email = "jane@example.com", string? note = null, long total = 1999, double seconds = 0) => Build(
        Order(id, total, email, note, Moments.FailoverStartedAt.AddSeconds(-3 - (seconds * seconds))), Absent(id));

    public static Difference Changed(string id, long before, long after) => Build(
        Order(id, before, "a@b.c", null, Moments.FailoverStartedAt.AddSeconds(-2)), Order(id, after, "x@b.c", null, Moments.LastReplicated));

    public static Aggregate Absent(string id) => new(new([id]), null, [new("customer_order_item", [])]);

    public static Aggregate Order(string id, long total, string email, string? note, DateTimeOffset version, DateTimeOffset? created = null, long epoch = 1,
        string currency = "USD") => new(
        new([id]),
        new(
        [
            new("id", id), new("created_on", SqlTime.Format(created ?? version)), new("updated_at", SqlTime.Format(version)), new("region", "us-east-1"),
            new("epoch", $"{epoch}"), new("currency", currency), new("total", $"{total}"), new("email", email), new("note", note),
        ]),
        [new("customer_order_item", [new([new("order_id", id), new("product_id", "p1"), new("name", "Wood Watch"), new("quantity", "2")])])]);

    public static Difference Build(Aggregate source, Aggregate target) => new DifferenceBuilder(Plan, Boundary).Build(source, target);
}
