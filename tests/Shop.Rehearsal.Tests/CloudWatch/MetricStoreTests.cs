using Shop.Rehearsal.CloudWatch;

namespace Shop.Rehearsal.Tests.CloudWatch;

public sealed class MetricStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly MetricId Lag = new("AWS/RDS", "AuroraGlobalDBRPOLag", ("DBClusterIdentifier", "orders-west"));
    private readonly MetricStore _store = new();

    [Fact]
    public void Points_of_a_period_are_one_statistic_set()
    {
        Put(0, 10);
        Put(20, 30);
        Put(59, 20);
        Put(60, 5);

        var periods = _store.Read(Lag, TimeSpan.FromMinutes(1), Noon, Noon.AddMinutes(5));

        Assert.Equal([Noon, Noon.AddMinutes(1)], periods.Select(point => point.Time));
        Assert.Equal(new(Noon, Count: 3, Sum: 60, Minimum: 10, Maximum: 30, Last: 20), periods[0]);
        Assert.Equal(20, periods[0].Get("Average"));
    }

    [Fact]
    public void A_read_begins_at_the_start_of_its_period_and_ends_before_its_end()
    {
        Put(1, 1);
        Put(59, 2);
        Put(60, 3);

        var periods = _store.Read(Lag, TimeSpan.FromMinutes(1), Noon.AddSeconds(30), Noon.AddMinutes(1));

        Assert.Equal(2, Assert.Single(periods).Count);
    }

    [Fact]
    public void A_late_point_goes_where_it_belongs()
    {
        Put(120, 3);
        Put(0, 1);

        Assert.Equal([1, 3], _store.Read(Lag, TimeSpan.FromMinutes(1), Noon, Noon.AddMinutes(3)).Select(point => point.Sum));
        Assert.Equal(3, _store.Newest(Lag)!.Value.Last);
    }

    [Fact]
    public void Dimensions_make_the_metric_in_any_order()
    {
        Assert.Equal(new MetricId("n", "m", ("a", "1"), ("b", "2")), new MetricId("n", "m", ("b", "2"), ("a", "1")));
        Assert.NotEqual(new MetricId("n", "m", ("a", "1")), new MetricId("n", "m", ("a", "2")));
        Assert.NotEqual(new MetricId("n", "m", ("a", "1")), new MetricId("n", "m"));
    }

    [Fact]
    public void Periods_may_be_fractions_of_a_second()
    {
        Put(0.1, 1);
        Put(0.3, 2);
        Put(0.6, 4);

        Assert.Equal([1.5, 4], _store.Read(Lag, TimeSpan.FromSeconds(0.5), Noon, Noon.AddSeconds(1)).Select(point => point.Get("Average")));
    }

    private void Put(double seconds, double value) => _store.Put(Lag, MetricPoint.Of(Noon.AddSeconds(seconds), value));
}
