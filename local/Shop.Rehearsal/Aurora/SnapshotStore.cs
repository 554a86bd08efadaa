using System.Collections.Concurrent;

namespace Shop.Rehearsal.Aurora;

/// <summary>The snapshots of all Regions; each Region sees its own.</summary>
internal sealed class SnapshotStore
{
    private readonly ConcurrentDictionary<(string Region, string Id), ClusterSnapshot> _snapshots = new();

    public IReadOnlyList<ClusterSnapshot> In(string region) =>
        [.. _snapshots.Values.Where(snapshot => snapshot.Region == region).OrderBy(snapshot => snapshot.CreatedAt).ThenBy(snapshot => snapshot.Id, StringComparer.Ordinal)];

    public ClusterSnapshot? Find(string region, string nameOrArn) =>
        In(region).FirstOrDefault(snapshot => AuroraArn.Names(nameOrArn, snapshot.Id, snapshot.Arn));

    /// <summary>By ARN, of whichever Region it names.</summary>
    public ClusterSnapshot? FindAnywhere(string arn) => _snapshots.Values.FirstOrDefault(snapshot => snapshot.Arn == arn);

    public bool TryAdd(ClusterSnapshot snapshot) => _snapshots.TryAdd((snapshot.Region, snapshot.Id), snapshot);

    public ClusterSnapshot SetStatus(ClusterSnapshot snapshot, string status) =>
        _snapshots[(snapshot.Region, snapshot.Id)] = snapshot with { Status = status };

    public void Remove(ClusterSnapshot snapshot) => _snapshots.TryRemove((snapshot.Region, snapshot.Id), out _);
}
