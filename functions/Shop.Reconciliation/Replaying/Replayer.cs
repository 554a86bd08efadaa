using MySqlConnector;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Replaying;

/// <summary>
/// Inserts missing aggregates into the target as they were: an aggregate a transaction, with its own keys, times, children and events. What is there
/// already is never written to.
/// </summary>
internal sealed class Replayer
{
    private static readonly Dictionary<string, string?> AsItIs = new(StringComparer.OrdinalIgnoreCase);

    private readonly ReconciliationPlan _plan;
    private readonly string _runId;
    private readonly TableCopy _root;
    private readonly IReadOnlyList<TableCopy> _children;
    private readonly IReadOnlyList<EventCopy> _events;
    private readonly SnapshotSession _source;
    private readonly MySqlConnection _target;
    private readonly TimeProvider _time;

    private Replayer(
        ReconciliationPlan plan, string runId, ComparedTables tables, IReadOnlyList<EventCopy> events, SnapshotSession source,
        MySqlConnection target, TimeProvider time)
    {
        (_plan, _runId, _source, _target, _time, _events) = (plan, runId, source, target, time, events);
        _root = new(tables.Root);
        _children = [.. tables.Children.Select(c => new TableCopy(c))];
        NotCopied = tables.Drift;
    }

    /// <summary>What the source has and the target has no place for.</summary>
    public IReadOnlyList<string> NotCopied { get; }

    /// <summary>Reads both schemas as they are now: everything that both sides have is copied, what is not compared too.</summary>
    public static async Task<Replayer> CreateAsync(
        ReconciliationPlan plan, string runId, SnapshotSession source, SnapshotSession targetSchema, MySqlConnection target, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var whole = plan with
        {
            Root = plan.Root with { Ignore = null },
            Children = [.. plan.Children.Select(c => c with { Ignore = null })],
        };
        var tables = await ComparedTables.ReadAsync(whole, source, targetSchema, cancellationToken, isForCopy: true);
        var events = new List<EventCopy>();
        foreach (var table in plan.Replay?.Events ?? [])
        {
            events.Add(new(
                table.SentAt, await CopyAsync(table.Table, table.ParentKey), await CopyAsync(table.Table, table.Key)));
        }

        await using var session = new MySqlCommand(
            "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'", target);
        await session.ExecuteNonQueryAsync(cancellationToken);
        return new(plan, runId, tables, events, source, target, time);

        async Task<TableCopy> CopyAsync(string table, IReadOnlyList<string> key) => new((await ComparedTables.ReadAsync(
            whole with { Root = new(table, key), Children = [] }, source, targetSchema, cancellationToken, isForCopy: true)).Root);
    }

    /// <param name="key">A missing aggregate.</param>
    /// <param name="approvedBy">Who let it; null only looks what would happen.</param>
    /// <param name="cancellationToken">Stops between two aggregates' transactions.</param>
    public async Task<ReplayOutcome> ReplayAsync(AggregateKey key, string? approvedBy, CancellationToken cancellationToken)
    {
        var source = await ReadSourceAsync(key, cancellationToken);
        if (source.Root is null)
        {
            return Outcome(key, ReplayResult.SourceGone, "The source no longer has it.", approvedBy);
        }

        if (approvedBy is null)
        {
            return await LookAsync(key, source, cancellationToken);
        }

        await using var transaction = await _target.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        try
        {
            if (await JudgeAsync(key, source, transaction, approvedBy, cancellationToken) is { } judged)
            {
                return judged;
            }

            var events = await InsertAsync(key, source, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Outcome(key, ReplayResult.Inserted, null, approvedBy, 1 + source.Children.Sum(c => c.Count), events);
        }
        catch (MySqlException e) when (IsRefusal(e))
        {
            await transaction.RollbackAsync(CancellationToken.None);
            return Outcome(key, ReplayResult.Conflict, $"The target refuses it: {e.Message}", approvedBy);
        }
    }

    /// <summary>A unique key of another row, a foreign key, a check, a value out of range: it would be refused again.</summary>
    private static bool IsRefusal(MySqlException e) => e.SqlState is { Length: 5 } state && state[..2] is "22" or "23" || e.Number is 4025 or 3819;

    private async Task<ReplayOutcome> LookAsync(AggregateKey key, Lost source, CancellationToken cancellationToken) =>
        await JudgeAsync(key, source, null, null, cancellationToken)
        ?? Outcome(key, ReplayResult.WouldInsert, null, null, 1 + source.Children.Sum(c => c.Count), source.Events.Sum(e => e.Count));

    /// <summary>What stands against an insert; null when nothing does.</summary>
    private async Task<ReplayOutcome?> JudgeAsync(
        AggregateKey key, Lost source, MySqlTransaction? transaction, string? approvedBy, CancellationToken cancellationToken)
    {
        var root = Only(await _root.ReadAsync(_target, transaction, key, transaction is not null, cancellationToken));
        var isSame = root is not null && IsSame(_root, [source.Root!], [root], Ignored(_plan.Root.Ignore));
        var hasChildren = false;
        for (var i = 0; i < _children.Count; i++)
        {
            var rows = await _children[i].ReadAsync(_target, transaction, key, transaction is not null, cancellationToken);
            hasChildren |= rows.Count > 0;
            var ignore = _plan.Children.First(c => c.Table == _children[i].Table.Name).Ignore;
            isSame &= IsSame(_children[i], source.Children[i], rows, Ignored(ignore));
        }

        return (root is not null, hasChildren, isSame) switch
        {
            (true, _, true) when _plan.Replay?.RecoveredFrom is { } mark && root![mark] == _runId =>
                Outcome(key, ReplayResult.AlreadyThere, "This run put it back before.", approvedBy),
            (true, _, true) => Outcome(key, ReplayResult.AlreadyThere, null, approvedBy),
            (true, _, false) => Outcome(key, ReplayResult.Conflict, "The target has it with other content.", approvedBy),
            (false, true, _) => Outcome(key, ReplayResult.Conflict, $"The target has {_plan.ItemNoun}s of it without the {_plan.Noun} itself.", approvedBy),
            _ => null,
        };
    }

    private HashSet<string> Ignored(IReadOnlyList<string>? ignore) =>
        new([.. ignore ?? [], .. _plan.Replay?.RecoveredFrom is { } mark ? [mark] : Array.Empty<string>()], StringComparer.OrdinalIgnoreCase);

    private async Task<int> InsertAsync(AggregateKey key, Lost source, MySqlTransaction transaction, CancellationToken cancellationToken)
    {
        var mark = _plan.Replay?.RecoveredFrom is { } column
            ? new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [column] = _runId }
            : AsItIs;
        await _root.InsertAsync(_target, transaction, source.Root!, mark, cancellationToken);
        for (var i = 0; i < _children.Count; i++)
        {
            foreach (var row in source.Children[i])
            {
                await _children[i].InsertAsync(_target, transaction, row, AsItIs, cancellationToken);
            }
        }

        var events = 0;
        for (var i = 0; i < _events.Count; i++)
        {
            var (sentAt, _, byOwnKey) = _events[i];
            var unsent = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [sentAt] = null };
            foreach (var row in source.Events[i])
            {
                // By its own key and without a lock: every order that is placed writes to this table, and a scan under lock would hold all of them up.
                var id = new AggregateKey([.. byOwnKey.Table.AggregateKey.Select(c => row[c.Name] ?? "")]);
                if ((await byOwnKey.ReadAsync(_target, transaction, id, false, cancellationToken)).Count == 0)
                {
                    await byOwnKey.InsertAsync(_target, transaction, row, unsent, cancellationToken);
                    events++;
                }
            }
        }

        return events;
    }

    private static Row? Only(IReadOnlyList<Row> rows) => rows.Count > 0 ? rows[0] : null;

    private async Task<Lost> ReadSourceAsync(AggregateKey key, CancellationToken cancellationToken)
    {
        var root = Only(await _root.ReadAsync(_source, key, cancellationToken));
        var children = new List<IReadOnlyList<Row>>();
        foreach (var child in _children)
        {
            children.Add(await child.ReadAsync(_source, key, cancellationToken));
        }

        var events = new List<IReadOnlyList<Row>>();
        foreach (var copy in _events)
        {
            events.Add(await copy.ByAggregate.ReadAsync(_source, key, cancellationToken));
        }

        return new(root, children, events);
    }

    private static bool IsSame(TableCopy table, IReadOnlyList<Row> ours, IReadOnlyList<Row> theirs, HashSet<string> ignore)
    {
        var columns = table.Table.Columns.Where(c => !c.IsIncomparable).Select(c => c.Name).Where(c => !ignore.Contains(c)).ToList();
        return Texts(ours).SequenceEqual(Texts(theirs), StringComparer.Ordinal);

        IEnumerable<string> Texts(IReadOnlyList<Row> rows) =>
            rows.Select(r => string.Join('|', columns.Select(c => r[c] is { } value ? $"{value.Length}:{value}" : "-"))).Order(StringComparer.Ordinal);
    }

    private ReplayOutcome Outcome(AggregateKey key, ReplayResult result, string? reason, string? approvedBy, int rows = 0, int events = 0) =>
        new(key, result, reason, rows, events, _time.GetUtcNow(), approvedBy);

    /// <param name="SentAt">The column that is left empty, so that it is sent.</param>
    /// <param name="ByAggregate">Finds what was to be sent about an aggregate, on the source.</param>
    /// <param name="ByOwnKey">Finds one event by what its receiver knows it by, on the target.</param>
    private sealed record EventCopy(string SentAt, TableCopy ByAggregate, TableCopy ByOwnKey);

    private sealed record Lost(Row? Root, IReadOnlyList<IReadOnlyList<Row>> Children, IReadOnlyList<IReadOnlyList<Row>> Events);
}
