using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Model;

/// <summary>An Aurora Global Database: one writer, a secondary that lags, changes of writers that take their time and are seen late.</summary>
/// <remarks>
/// A call to fail over or to switch over is refused while another is under way, if the target is the writer already, or if it can't serve. Accepted,
/// it is pending for five seconds; a cancelled one is seen as cancelling before it is gone. A failover keeps what was replicated, and the old volume
/// lives on: writable if Aurora's fence didn't hold. A switchover waits for the rest and refuses writes meanwhile.
/// </remarks>
internal sealed class GlobalDatabase
{
    /// <summary>The one of all members.</summary>
    public const string EngineVersion = "8.0.mysql_aurora.3.08.0";

    private static readonly TimeSpan PendingFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RebuildTakes = TimeSpan.FromSeconds(120);

    private readonly World _world;
    private readonly List<Topology> _views = [];
    private DateTimeOffset _availableFrom = DateTimeOffset.MinValue;
    private bool _isConnected = true;

    public GlobalDatabase(World world, string name)
    {
        _world = world;
        Name = name;
        Writer = world.Setup.Writer;
        _isConnected = !world.Setup.Disconnected.Contains(name);
        Show();
        if (!_isConnected && world.Setup.ConnectedAfter is { } after)
        {
            world.Time.After(after, () => Connect(true));
        }
    }

    public string Name { get; }

    public string Id => $"shop-{Name}";

    public string Writer { get; private set; }

    public Operation? Operation { get; private set; }

    public Volume Current { get; private set; } = new();

    /// <summary>The volume of a primary that was left behind by a failover, and where.</summary>
    public Volume? Old { get; private set; }

    public string OldRegion { get; private set; } = "";

    /// <summary>Whether the old primary still takes writes.</summary>
    public bool IsOldWritable { get; private set; }

    public List<Promotion> Promotions { get; } = [];

    public string ClusterId(string region) => $"{Id}-{region}";

    public string ClusterArn(string region) => $"arn:aws:rds:{region}:000000000000:cluster:{ClusterId(region)}";

    /// <summary>Begins a change of writers, as the call of <paramref name="by"/>.</summary>
    public void Begin(string to, bool allowsLoss, SimulatedExecution? by)
    {
        Check(to, allowsLoss);
        var promotion = new Promotion(Name, Writer, to, allowsLoss, by, _world.Time.Now);
        Promotions.Add(promotion);
        Change(new Operation(Writer, to, allowsLoss, "pending", by));
        _world.Referee.PromotionAccepted(promotion);
        _world.Time.After(PendingFor, () => Proceed(promotion));
    }

    /// <summary>What a describe shows now: the topology of a moment ago.</summary>
    public Topology Seen()
    {
        for (var i = _views.Count - 1; i > 0; i--)
        {
            if (_views[i].Since + _world.Setup.DescribeIsStaleFor <= _world.Time.Now)
            {
                return _views[i];
            }
        }

        return _views[0];
    }

    public string StatusOf(string region) => region == Writer && _world.Time.Now < _availableFrom ? "promoting" : "available";

    /// <summary>One order of a shopper who reached the store in a Region.</summary>
    public bool TryWrite(string region, int id)
    {
        if (_world.IsCutOff(region) && Old is not null && OldRegion == region)
        {
            if (IsOldWritable)
            {
                Old.Add(id, _world.Time.Now);
            }

            return IsOldWritable;
        }

        var canReach = region == Writer || !(_world.IsCutOff(region) || _world.IsCutOff(Writer));
        if (!canReach || _world.IsDead(Writer) || Operation is { AllowsLoss: false, Status: not "pending" })
        {
            return false;
        }

        Current.Add(id, _world.Time.Now);
        return true;
    }

    public void Write(Utf8JsonWriter writer)
    {
        var seen = Seen();
        writer.WriteStartObject();
        writer.WriteString("GlobalClusterIdentifier"u8, Id);
        writer.WriteString("GlobalClusterArn"u8, $"arn:aws:rds::000000000000:global-cluster:{Id}");
        writer.WriteString("Status"u8, seen.Operation is null ? "available" : seen.Operation.AllowsLoss ? "failing-over" : "switching-over");
        writer.WriteString("Engine"u8, "aurora-mysql");
        writer.WriteString("EngineVersion"u8, EngineVersion);
        writer.WriteStartArray("GlobalClusterMembers"u8);
        foreach (var region in RegionCode.Both)
        {
            writer.WriteStartObject();
            writer.WriteString("DbClusterArn"u8, ClusterArn(region));
            writer.WriteBoolean("IsWriter"u8, region == seen.Writer);
            writer.WriteString("SynchronizationStatus"u8, region == seen.Writer || seen.IsConnected ? "connected" : "pending-resync");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (seen.Operation is { } operation)
        {
            writer.WriteStartObject("FailoverState"u8);
            writer.WriteString("Status"u8, operation.Status);
            writer.WriteString("FromDbClusterArn"u8, ClusterArn(operation.From));
            writer.WriteString("ToDbClusterArn"u8, ClusterArn(operation.To));
            writer.WriteBoolean("IsDataLossAllowed"u8, operation.AllowsLoss);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>The Region of an old primary is back: Aurora takes a snapshot and makes a new secondary of it.</summary>
    public void Return(string region)
    {
        if (Old is null || OldRegion != region)
        {
            return;
        }

        IsOldWritable = false;
        var (old, lost) = (Old, Promotions.Last(p => p is { AllowsLoss: true, DoneAt: not null } && p.From == region));
        if (_world.Setup.SnapshotAfter is { } after)
        {
            _world.Time.After(after, () => _world.CopiesIn(region).AddSystemSnapshot(this, old.Copy(), lost));
        }

        _world.Time.After(RebuildTakes, () =>
        {
            if (OldRegion == region && Old == old)
            {
                Old = null;
                Connect(true);
            }
        });
    }

    private void Check(string to, bool allowsLoss)
    {
        if (Operation is not null)
        {
            throw new TaskFailureException("Rds.InvalidGlobalClusterStateException", $"{Id} is already moving to {Operation.To}.");
        }

        if (to == Writer)
        {
            throw new TaskFailureException("Rds.InvalidDbClusterStateException", $"{ClusterId(to)} is already the writer.");
        }

        if (_world.Setup.Unpromotable.Contains(Name) || _world.IsDead(to) || (Old is not null && OldRegion == to))
        {
            throw new TaskFailureException("Rds.InvalidDbClusterStateException", $"{ClusterId(to)} can't become the writer.");
        }

        if (!allowsLoss && (!_isConnected || _world.IsGone(Writer)))
        {
            throw new TaskFailureException("Rds.InvalidGlobalClusterStateException", $"{ClusterId(Writer)} can't be reached: a switchover needs it.");
        }
    }

    private void Proceed(Promotion promotion)
    {
        if (_world.Setup.Cancelled.Contains(Name))
        {
            Change(Operation! with { Status = "cancelling" });
            _world.Time.After(PendingFor, () => Cancel(promotion));
            return;
        }

        Change(Operation! with { Status = promotion.AllowsLoss ? "failing-over" : "switching-over" });
        _world.Time.After(_world.Setup.PromotionTakes + (promotion.AllowsLoss ? TimeSpan.Zero : _world.Setup.Lag), () => Finish(promotion));
    }

    private void Cancel(Promotion promotion)
    {
        promotion.IsCancelled = true;
        Change(null);
    }

    private void Finish(Promotion promotion)
    {
        if (_world.IsDead(promotion.To) || (!promotion.AllowsLoss && _world.IsGone(promotion.From)))
        {
            Cancel(promotion);
            return;
        }

        if (promotion.AllowsLoss)
        {
            LeaveBehind(promotion);
        }

        Writer = promotion.To;
        promotion.DoneAt = _world.Time.Now;
        _availableFrom = _world.Setup.TargetRestarts is { } restart ? _world.Time.Now + restart : DateTimeOffset.MaxValue;
        Change(null);
        _world.Referee.PromotionDone(promotion, this);
        if (promotion.AllowsLoss && !_world.IsGone(promotion.From))
        {
            Return(promotion.From);
        }
    }

    private void LeaveBehind(Promotion promotion)
    {
        var replicated = Current.Until((_world.LinkCutAt is { } cut && cut < _world.Time.Now ? cut : _world.Time.Now) - _world.Setup.Lag);
        promotion.Lost = Current.Count - replicated.Count;
        (Old, OldRegion, Current) = (Current, promotion.From, replicated);
        IsOldWritable = !_world.Setup.AuroraFenceHolds && !_world.IsDead(promotion.From);
        _isConnected = false;
    }

    private void Connect(bool isConnected)
    {
        _isConnected = isConnected;
        Show();
    }

    private void Change(Operation? operation)
    {
        Operation = operation;
        Show();
    }

    private void Show() => _views.Add(new Topology(_world.Time.Now, Writer, Operation, _isConnected));
}
