using System.Text.Json;
using Shop.Failover.Routing;

namespace Shop.Failover.Preflight;

/// <summary>What was asked for, and what was read before the decision.</summary>
/// <param name="Mode"><c>switchover</c> or <c>failover</c>.</param>
/// <param name="Databases">Those that are to move.</param>
/// <param name="Region">The Region that is to become active.</param>
/// <param name="Facts">What was read.</param>
/// <param name="At">Now: the function has no clock of its own.</param>
/// <param name="MaxRpoSeconds">The loss that is acceptable, in seconds of replication lag; no limit if absent.</param>
/// <param name="Trigger">Who started it: <c>operator</c>, or something without judgement such as <c>alarm</c>.</param>
/// <param name="StartedAt">When the run began, against a move in the other direction.</param>
/// <param name="CooldownMinutes">For how long after a move only a person may start the next one.</param>
/// <param name="BothOn">The routing controls as they are in quiet times: what a fence is undone to when nobody knows what was before it.</param>
/// <param name="Inherited">DynamoDB's answer for the lock of a dead run that this one took over.</param>
public sealed record PreflightRequest(
    string Mode,
    IReadOnlyList<string> Databases,
    string Region,
    PreflightFacts Facts,
    DateTimeOffset At = default,
    double? MaxRpoSeconds = null,
    string Trigger = "operator",
    DateTimeOffset StartedAt = default,
    int CooldownMinutes = 0,
    IReadOnlyList<RoutingEntry>? BothOn = null,
    JsonElement Inherited = default);

/// <summary>An empty object stands for a read that failed, an absent one for what nobody asked.</summary>
/// <param name="Catalog"><c>{ globalCluster, member: { instances, engineVersion } }</c>: as described by RDS, and of the cluster here how many instances it has.</param>
/// <param name="Orders">The same.</param>
/// <param name="Routing"><c>{ routing }</c>, a <see cref="GetRoutingAnswer"/>.</param>
/// <param name="Lag"><c>{ series }</c>, MetricDataResults with a database's name as <c>Id</c>, milliseconds, newest first.</param>
/// <param name="LastMove">DynamoDB's answer for the item <c>lastMove</c>.</param>
/// <param name="Rival">DynamoDB's answer for the other Region's lock.</param>
public sealed record PreflightFacts(
    JsonElement Catalog, JsonElement Orders, JsonElement Routing, JsonElement Lag = default, JsonElement LastMove = default, JsonElement Rival = default)
{
    public JsonElement Of(string database) => database switch
    {
        "catalog" => Catalog,
        "orders" => Orders,
        _ => default,
    };
}

/// <summary><c>Verdict</c> is <c>go</c>, <c>alreadyActive</c> or <c>noGo</c>.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Checks">Why.</param>
/// <param name="LagSince">From when on replication lag is worth reading: ten minutes before, for a state machine can't subtract times.</param>
/// <param name="CanForce">Whether an operator's word is enough to pass over every blocker there is.</param>
/// <param name="FormerRouting">The routing controls as they were found: what a fence is undone to.</param>
/// <param name="Moves">One for each database, in the order asked for.</param>
/// <param name="MayLose">Whether this run, or the dead one that it finishes, allows loss.</param>
/// <param name="RivalSince">What began before this has run out of time, whatever its lock says.</param>
public sealed record PreflightAnswer(
    string Verdict, IReadOnlyList<PreflightCheck> Checks, DateTimeOffset LagSince, bool CanForce, IReadOnlyList<RoutingEntry> FormerRouting,
    IReadOnlyList<DatabaseMove> Moves, bool MayLose, DateTimeOffset RivalSince);

/// <summary>What is to become of one database.</summary>
/// <param name="Database">Which.</param>
/// <param name="WasElsewhere">It is not known to have been written here before this run, or the dead one that it finishes: if it is later, it has moved, and may have lost something.</param>
/// <param name="Mark">The mode in which it moves, empty if it doesn't: what the lock says of it to a successor.</param>
/// <param name="IsInherited">The dead run had begun to move it.</param>
public sealed record DatabaseMove(string Database, bool WasElsewhere, string Mark, bool IsInherited);

/// <summary><c>Status</c> is <c>ok</c>, <c>warning</c>, <c>blocker</c> or <c>unknown</c>.</summary>
/// <param name="Id">What was looked at.</param>
/// <param name="Status">How it was found.</param>
/// <param name="Detail">In words.</param>
/// <param name="CanForce">Of a blocker: it is a matter of judgement, so an operator may pass over it.</param>
public sealed record PreflightCheck(string Id, string Status, string Detail, bool CanForce = false);
