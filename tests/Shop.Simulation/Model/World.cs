using Shop.Simulation.Executions;
using Shop.Simulation.Judging;
using Shop.Simulation.Time;

namespace Shop.Simulation.Model;

/// <summary>Two Regions and everything in them that the state machines can touch.</summary>
internal sealed class World
{
    private readonly Dictionary<string, ControlTable> _tables;
    private readonly Dictionary<string, Copies> _copies;
    private string? _lost;

    public World(WorldSetup setup, SimulatedTime time, Random chance, Referee referee)
    {
        Setup = setup;
        Time = time;
        Chance = chance;
        Referee = referee;
        _tables = RegionCode.Both.ToDictionary(r => r, r => new ControlTable(this, r));
        _copies = RegionCode.Both.ToDictionary(r => r, r => new Copies(this, r));
        Databases = [new GlobalDatabase(this, "catalog"), new GlobalDatabase(this, "orders")];
        Routing = new RoutingPanel(this);
        Mail = new Mailbox(this);
        Shoppers = new Shoppers(this);
        referee.Watch(this);
    }

    public WorldSetup Setup { get; }

    public SimulatedTime Time { get; }

    public Random Chance { get; }

    public Referee Referee { get; }

    public IReadOnlyList<GlobalDatabase> Databases { get; }

    public RoutingPanel Routing { get; }

    public Mailbox Mail { get; }

    public Shoppers Shoppers { get; }

    /// <summary>When replication between the Regions stopped, while it stands still.</summary>
    public DateTimeOffset? LinkCutAt { get; private set; }

    public ControlTable TableIn(string region) => _tables[region];

    public Copies CopiesIn(string region) => _copies[region];

    public GlobalDatabase Database(string name) => Databases.First(d => d.Name == name);

    /// <summary>Whether the other Region can't reach it.</summary>
    public bool IsGone(string region) => _lost == region;

    /// <summary>Whether nothing works in it any more.</summary>
    public bool IsDead(string region) => _lost == region && !Setup.IsOnlyCutOff;

    public bool IsCutOff(string region) => _lost == region && Setup.IsOnlyCutOff;

    /// <summary>Whether a point-of-failure snapshot of a database will ever be there.</summary>
    public bool IsSnapshotComing(string database) =>
        Setup.SnapshotAfter is not null && Databases.Any(d => d.Name == database && d.Promotions.Any(p => p.AllowsLoss && !p.IsCancelled));

    /// <summary>Lets happen what the setup says happens by itself.</summary>
    public void Begin()
    {
        if (Setup.Lost is { } lost)
        {
            Time.After(Setup.LostAt, () => Lose(lost));
            Time.After(Setup.LostAt + Setup.BackAfter, () => Return(lost));
        }

        if (Setup.MovedByOthers.Count > 0)
        {
            Time.After(Setup.MovedByOthersAt, MoveByOthers);
        }

        Shoppers.Begin();
    }

    private void Lose(string region)
    {
        _lost = region;
        LinkCutAt = Time.Now;
    }

    private void Return(string region)
    {
        _lost = null;
        LinkCutAt = null;
        foreach (var database in Databases)
        {
            database.Return(region);
        }
    }

    private void MoveByOthers()
    {
        foreach (var database in Databases.Where(d => Setup.MovedByOthers.Contains(d.Name) && d.Writer != Setup.MovedTo && d.Operation is null))
        {
            database.Begin(Setup.MovedTo, allowsLoss: true, by: null);
        }
    }
}
