using System.Globalization;
using MySqlConnector;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Drill;

namespace Shop.Rehearsal.Hosting;

/// <summary>What the host wants to know of the databases of both Regions.</summary>
internal sealed class Databases(AuroraFleet fleet, TimeProvider time)
{
    public AuroraFleet Fleet { get; } = fleet;

    public string WriterRegion(string database) => Fleet.Global(database).Writer.Region;

    public string WriterEndpoint(string database, string region) => Fleet.Global(database).WriterEndpoint(region).Endpoint;

    public string ReaderEndpoint(string database, string region) => Fleet.Global(database).Member(region).Endpoint.Endpoint;

    public int ReaderPort(string database, string region) => Fleet.Global(database).Member(region).Endpoint.Port;

    public string AdminPassword(string database) => Fleet.Global(database).Accounts.AdminPassword;

    public int RunningIn(string region) => Fleet.ClustersIn(region).Count(c => c.Server is { IsRunning: true });

    public IReadOnlyList<DatabaseStatus> Status() =>
    [
        .. Fleet.GlobalClusters.SelectMany(g => g.Members.Select(m => new DatabaseStatus(
            g.Database,
            m.Region,
            m.Server is not { IsRunning: true } ? "down" : g.Writer == m ? "writer" : g.IsConnected(m) ? "reader" : "rebuilding",
            m.Endpoint.Port,
            g.Writer == m ? null : g.Lag.Lag.TotalMilliseconds))),
    ];

    /// <summary>The replication lag of each secondary that is connected.</summary>
    public IEnumerable<(string Region, string ClusterId, TimeSpan Lag)> Lags() =>
        from g in Fleet.GlobalClusters
        where g.Writer.Server is { IsRunning: true }
        from m in g.Members
        where m != g.Writer && m.Server is { IsRunning: true }
        select (m.Region, m.Id, g.Lag.Lag);

    /// <summary>Waits until every secondary holds all that its writer has committed.</summary>
    public async Task CaughtUpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        foreach (var global in Fleet.GlobalClusters)
        {
            while (!await IsCaughtUpAsync(global, cancellationToken))
            {
                if (time.GetElapsedTime(start) > patience)
                {
                    throw new DrillException($"After {patience.TotalSeconds:0} s the secondary of {global.Id} has not caught up ({global.Lag.Transactions} transactions behind).");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
            }
        }
    }

    /// <summary>Every order that a Region's cluster holds, read by plain SQL, but those of one customer.</summary>
    public async Task<IReadOnlyList<StoredOrder>> OrdersAsync(string region, string exceptCustomer, CancellationToken cancellationToken)
    {
        var endpoint = Fleet.Global("orders").Member(region).Endpoint;
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)endpoint.Port,
            UserID = Accounts.Admin,
            Password = AdminPassword("orders"),
            Database = "orders",
            SslMode = MySqlSslMode.VerifyFull,
            SslCa = Fleet.Authority,
            GuidFormat = MySqlGuidFormat.None,
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand("SELECT id, customer_id FROM customer_order WHERE customer_id <> @except", connection);
        command.Parameters.AddWithValue("@except", exceptCustomer);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var orders = new List<StoredOrder>();
        while (await rows.ReadAsync(cancellationToken))
        {
            orders.Add(new StoredOrder(Guid.Parse(rows.GetString(0), CultureInfo.InvariantCulture), rows.GetString(1)));
        }

        return orders;
    }

    /// <summary>The snapshot of the primary that was lost, and how far the new one had come when it took over.</summary>
    public PointOfFailure PointOfFailure(string database, string lostRegion)
    {
        var global = Fleet.Global(database);
        var snapshot = Fleet.SnapshotsIn(lostRegion).LastOrDefault(s => s.SourceClusterId == global.Member(lostRegion).Id && s.Type == ClusterSnapshot.Automated)
            ?? throw new DrillException($"There is no point-of-failure snapshot of {database} in {lostRegion}.");
        return new PointOfFailure(snapshot.DataDirectory, global.Failovers.Last(f => f.AllowedDataLoss).ReplicatedUpTo);
    }

    private static async Task<bool> IsCaughtUpAsync(GlobalCluster global, CancellationToken cancellationToken) =>
        global.FailoverState is null
        && global.Members.All(m => m.Server is { IsRunning: true } && (m == global.Writer || global.IsConnected(m)))
        && (await global.MeasureLagAsync(cancellationToken)).Transactions == 0;
}
