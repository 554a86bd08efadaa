using Shop.Aws;
using Shop.Lambda;

namespace Shop.Failover.Routing;

/// <summary>Reads and sets routing controls. Setting reads first, so that repeating it changes nothing.</summary>
public sealed class RoutingTasks(IRoutingStates cluster)
{
    public async Task<SetRoutingAnswer> SetAsync(SetRoutingRequest request, CancellationToken cancellationToken)
    {
        Check(request.Entries);
        var (states, readThrough) = await cluster.ReadAsync(Arns(request.Entries), null, cancellationToken);
        if (Same(states, request.Entries))
        {
            return new SetRoutingAnswer(Changed: false, readThrough);
        }

        try
        {
            return new SetRoutingAnswer(true, await cluster.UpdateAsync(request.Entries, request.Input?.OverrideRules ?? [], cancellationToken));
        }
        catch (AwsException e) when (e.ErrorCode is "ConflictException" or "ValidationException")
        {
            // The documentation names neither as the answer of a safety rule, and a conflict may be somebody setting the same states.
            (states, readThrough) = await cluster.ReadAsync(Arns(request.Entries), null, cancellationToken);
            return Same(states, request.Entries)
                ? new SetRoutingAnswer(Changed: true, readThrough)
                : throw new ShopException(
                    IsWorthRepeating(request.Entries) ? "Shop.RoutingConflict" : "Shop.SafetyRuleBlocked",
                    $"The routing controls were not changed: {e.Message} Now: {string.Join(", ", states.Select(s => $"{s.Arn} {s.State}"))}.", e);
        }
    }

    public async Task<GetRoutingAnswer> GetAsync(GetRoutingRequest request, CancellationToken cancellationToken)
    {
        Check(request.Entries);
        var (states, endpoint) = await cluster.ReadAsync(Arns(request.Entries), request.ExcludeEndpoint, cancellationToken);
        return new GetRoutingAnswer(Same(states, request.Entries), states, endpoint);
    }

    /// <summary>
    /// A rule's wait period refuses every update for some seconds, in words that nobody has written down; only what leaves no Region On is refused for good.
    /// Asking again costs a rule of another kind half a minute, and not asking would leave a fence behind.
    /// </summary>
    private static bool IsWorthRepeating(IReadOnlyList<RoutingEntry> entries) => entries.Any(e => e.State == "On");

    private static void Check(IReadOnlyList<RoutingEntry>? entries)
    {
        if (entries is not { Count: > 0 } || entries.Any(e => string.IsNullOrEmpty(e.Arn) || e.State is not ("On" or "Off")))
        {
            throw new ShopException("Shop.InvalidInput", "entries must be a list of {arn, state} with state On or Off.");
        }
    }

    private static string[] Arns(IReadOnlyList<RoutingEntry> entries) => [.. entries.Select(e => e.Arn)];

    private static bool Same(IReadOnlyList<RoutingEntry> actual, IReadOnlyList<RoutingEntry> wanted) =>
        wanted.All(w => actual.Any(a => a.Arn == w.Arn && a.State == w.State));
}
