using System.Globalization;
using Shop.Asl;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Model;

/// <summary>A snapshot, a restored cluster or its instance: first creating, then what <c>EndsAs</c> says.</summary>
internal sealed class Copy(string id, string endsAs, DateTimeOffset createdAt, DateTimeOffset readyAt)
{
    public string Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>What it holds: of an instance, nothing.</summary>
    public Volume? Rows { get; init; }

    public string Database { get; init; } = "";

    /// <summary>Of an instance.</summary>
    public string ClusterId { get; init; } = "";

    public SimulatedExecution? MadeBy { get; init; }

    public string Status(DateTimeOffset now) => DeletedAt is not null ? "deleting" : now < readyAt ? "creating" : endsAs;
}

/// <summary>What one Region's RDS holds besides the members of the global databases: snapshots, and clusters restored from them.</summary>
internal sealed class Copies(World world, string region)
{
    private static readonly TimeSpan DeletionTakes = TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, Copy> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Copy> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Copy> _instances = new(StringComparer.Ordinal);
    private int _shortages = world.Setup.CapacityShortages;

    public IEnumerable<Copy> Clusters => Alive(_clusters).Values;

    public IEnumerable<Copy> Instances => Alive(_instances).Values;

    /// <summary>Whether anything was ever made here by a state machine.</summary>
    public bool IsTouched { get; private set; }

    public static string SnapshotArn(string region, string id) => $"arn:aws:rds:{region}:000000000000:cluster-snapshot:{id}";

    /// <summary>The snapshot that Aurora takes of an old primary.</summary>
    public void AddSystemSnapshot(GlobalDatabase database, Volume rows, Promotion promotion)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"rds:unplanned-global-failover-{database.ClusterId(region)}-{promotion.AcceptedAt:yyyy-MM-dd-HH-mm-ss}");
        _snapshots[id] = new Copy(id, "available", world.Time.Now, world.Time.Now + TimeSpan.FromSeconds(10)) { Rows = rows, Database = database.Name };
    }

    public Copy? NewestSystemSnapshot(string clusterId, DateTimeOffset since) => _snapshots.Values
        .Where(s => s.Id.StartsWith($"rds:unplanned-global-failover-{clusterId}-", StringComparison.Ordinal) && s.CreatedAt >= since - TimeSpan.FromSeconds(1))
        .MaxBy(s => s.CreatedAt);

    public Copy Snapshot(string id) => Find(_snapshots, id, "Rds.DbClusterSnapshotNotFoundException");

    public Copy Cluster(string id) => Find(_clusters, id, "Rds.DbClusterNotFoundException");

    public Copy Instance(string id) => Find(_instances, id, "Rds.DbInstanceNotFoundException");

    public void CopySnapshot(Copy source, string id, SimulatedExecution by)
    {
        IsTouched = true;
        Add(_snapshots, id, "Rds.DbClusterSnapshotAlreadyExistsException", "Snapshot", source, by);
    }

    public void Restore(string snapshotArn, string id, SimulatedExecution by)
    {
        IsTouched = true;
        var snapshot = Snapshot(snapshotArn[(snapshotArn.LastIndexOf(":cluster-snapshot:", StringComparison.Ordinal) + ":cluster-snapshot:".Length)..]);
        if (snapshot.Status(world.Time.Now) != "available")
        {
            throw new TaskFailureException("Rds.InvalidDbClusterSnapshotStateException", $"{snapshot.Id} is {snapshot.Status(world.Time.Now)}.");
        }

        Add(_clusters, id, "Rds.DbClusterAlreadyExistsException", "Restore", snapshot, by);
    }

    public void CreateInstance(string id, string clusterId, SimulatedExecution by)
    {
        IsTouched = true;
        if (Alive(_instances).ContainsKey(id))
        {
            throw new TaskFailureException("Rds.DbInstanceAlreadyExistsException", $"Instance {id} exists.");
        }

        RequireAvailable(Cluster(clusterId), "Rds.InvalidDbClusterStateException");
        if (_shortages > 0)
        {
            _shortages--;
            throw new TaskFailureException("Rds.InsufficientDbInstanceCapacityException", "The requested instance class has no capacity.");
        }

        _instances[id] = new Copy(id, EndOf("Instance"), world.Time.Now, world.Time.Now + world.Setup.CopyTakes) { ClusterId = clusterId, MadeBy = by };
    }

    public void DeleteInstance(string id)
    {
        var instance = Instance(id);
        if (instance.Status(world.Time.Now) is "creating" or "deleting")
        {
            throw new TaskFailureException("Rds.InvalidDbInstanceStateException", $"{id} is {instance.Status(world.Time.Now)}.");
        }

        instance.DeletedAt = world.Time.Now;
    }

    public void DeleteCluster(string id)
    {
        var cluster = Cluster(id);
        if (cluster.Status(world.Time.Now) is "creating" or "deleting" || Instances.Any(i => i.ClusterId == id))
        {
            throw new TaskFailureException("Rds.InvalidDbClusterStateException", $"{id} is {cluster.Status(world.Time.Now)} or has instances.");
        }

        cluster.DeletedAt = world.Time.Now;
    }

    private void Add(Dictionary<string, Copy> copies, string id, string existsError, string kind, Copy source, SimulatedExecution by)
    {
        if (Alive(copies).ContainsKey(id))
        {
            throw new TaskFailureException(existsError, $"{id} exists.");
        }

        copies[id] = new Copy(id, EndOf(kind), world.Time.Now, world.Time.Now + world.Setup.CopyTakes) { Rows = source.Rows, Database = source.Database, MadeBy = by };
    }

    private string EndOf(string kind) => world.Setup.FailedCopies.Contains(kind) ? "failed" : "available";

    private Copy Find(Dictionary<string, Copy> copies, string id, string error) =>
        Alive(copies).TryGetValue(id, out var found) ? found : throw new TaskFailureException(error, $"{id} was not found.");

    private void RequireAvailable(Copy copy, string error)
    {
        if (copy.Status(world.Time.Now) != "available")
        {
            throw new TaskFailureException(error, $"{copy.Id} is {copy.Status(world.Time.Now)}.");
        }
    }

    private Dictionary<string, Copy> Alive(Dictionary<string, Copy> copies)
    {
        if (copies.Values.FirstOrDefault(c => c.DeletedAt is { } at && at + DeletionTakes <= world.Time.Now && !(world.Setup.DeletionHangs && c.ClusterId.Length > 0)) is { } gone)
        {
            copies.Remove(gone.Id);
            return Alive(copies);
        }

        return copies;
    }
}
