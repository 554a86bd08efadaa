using System.Text.Json;

namespace Shop.Failover.Preflight;

/// <summary>What was read before the decision. An empty object stands for a read that failed.</summary>
public sealed record PreflightRequest(string Mode, IReadOnlyList<string> Databases, string Region, PreflightFacts Facts, DateTimeOffset At = default);

public sealed record PreflightFacts(JsonElement Catalog, JsonElement Orders, JsonElement Routing)
{
    public JsonElement Of(string database) => database switch
    {
        "catalog" => Catalog,
        "orders" => Orders,
        _ => default,
    };
}

/// <summary><c>Verdict</c> is <c>go</c>, <c>alreadyActive</c> or <c>noGo</c>.</summary>
/// <param name="LagSince">From when on replication lag is worth reading: ten minutes before, for a state machine can't subtract times.</param>
public sealed record PreflightAnswer(string Verdict, IReadOnlyList<PreflightCheck> Checks, DateTimeOffset LagSince = default);

/// <summary><c>Status</c> is <c>ok</c>, <c>warning</c>, <c>blocker</c> or <c>unknown</c>.</summary>
public sealed record PreflightCheck(string Id, string Status, string Detail);
