using System.Text.Json;
using Shop.Aws;
using Shop.Lambda;

namespace Shop.Failover.Routing;

/// <summary>
/// The data plane of an ARC cluster: five endpoints of which any one will do. An endpoint out for maintenance is normal operation, so every call
/// starts at a random one and goes through all of them twice before it gives up.
/// </summary>
public sealed class RoutingCluster(IReadOnlyList<ArcEndpoint> endpoints, AwsClient aws, Random random) : IRoutingStates
{
    private const int Passes = 2;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    internal static RoutingCluster Create(IReadOnlyList<ArcEndpoint> endpoints, AwsClient aws) => new(endpoints, aws, Random.Shared);

    /// <summary>Reads every control through one endpoint. <paramref name="excludeEndpoint"/> (a Region's code) is asked only when no other one answers.</summary>
    public Task<(IReadOnlyList<RoutingEntry> States, string Endpoint)> ReadAsync(
        IReadOnlyList<string> arns, string? excludeEndpoint, CancellationToken cancellationToken) =>
        ThroughAnyAsync<IReadOnlyList<RoutingEntry>>(excludeEndpoint, async (endpoint, cancel) =>
        {
            var states = new List<RoutingEntry>(arns.Count);
            foreach (var arn in arns)
            {
                var body = JsonBody.Of(w => w.WriteString("RoutingControlArn", arn));
                var answer = await aws.JsonAsync(AwsService.RecoveryCluster, "GetRoutingControlState", body, endpoint.Url, endpoint.Region, cancel);
                states.Add(new RoutingEntry(arn, answer.GetProperty("RoutingControlState").GetString()!));
            }

            return states;
        }, cancellationToken);

    /// <summary>Sets all controls in one transaction. Answers the endpoint that took it.</summary>
    public async Task<string> UpdateAsync(
        IReadOnlyList<RoutingEntry> entries, IReadOnlyList<string> safetyRulesToOverride, CancellationToken cancellationToken)
    {
        var body = JsonBody.Of(w =>
        {
            w.WriteStartArray("UpdateRoutingControlStateEntries");
            foreach (var entry in entries)
            {
                w.WriteStartObject();
                w.WriteString("RoutingControlArn", entry.Arn);
                w.WriteString("RoutingControlState", entry.State);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            if (safetyRulesToOverride.Count > 0)
            {
                w.WriteStartArray("SafetyRulesToOverride");
                foreach (var rule in safetyRulesToOverride)
                {
                    w.WriteStringValue(rule);
                }

                w.WriteEndArray();
            }
        });
        var (_, endpoint) = await ThroughAnyAsync(null, (e, cancel) =>
            aws.JsonAsync(AwsService.RecoveryCluster, "UpdateRoutingControlStates", body, e.Url, e.Region, cancel), cancellationToken);
        return endpoint;
    }

    private async Task<(T Answer, string Endpoint)> ThroughAnyAsync<T>(
        string? excludeEndpoint, Func<ArcEndpoint, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var others = endpoints.Where(e => e.Region != excludeEndpoint).ToArray();
        random.Shuffle(others);
        ArcEndpoint[] order = [.. others, .. endpoints.Where(e => e.Region == excludeEndpoint)];
        var failures = new List<string>();
        for (var attempt = 0; attempt < order.Length * Passes; attempt++)
        {
            var endpoint = order[attempt % order.Length];
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(AttemptTimeout);
            try
            {
                return (await call(endpoint, timeout.Token), endpoint.Region);
            }
            catch (AwsException e) when (e.IsTransient || e.ErrorCode == "EndpointTemporarilyUnavailableException")
            {
                failures.Add($"{endpoint.Region}: {e.ErrorCode}");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add($"{endpoint.Region}: no answer in {AttemptTimeout.TotalSeconds:0} s");
            }
        }

        throw new ShopException("Shop.EndpointsExhausted", $"No endpoint of the ARC cluster could serve the call: {string.Join("; ", failures)}.");
    }
}
