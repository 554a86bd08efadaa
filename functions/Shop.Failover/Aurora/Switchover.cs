using Shop.Aws;
using Shop.Lambda;

namespace Shop.Failover.Aurora;

public sealed record SwitchoverRequest(string GlobalClusterId, string TargetClusterArn);

public sealed record SwitchoverAnswer(string Status);

/// <summary>Asks for the planned, lossless move. The call belongs in the current primary's Region, where no service integration can go.</summary>
internal static class Switchover
{
    public static async Task<SwitchoverAnswer> RunAsync(
        SwitchoverRequest request, AwsClient aws, FailoverSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await aws.QueryAsync(
                AwsService.Rds,
                "SwitchoverGlobalCluster",
                [new("GlobalClusterIdentifier", request.GlobalClusterId), new("TargetDbClusterIdentifier", request.TargetClusterArn)],
                settings.PeerRdsEndpoint,
                settings.PeerRegion,
                cancellationToken);
            return new SwitchoverAnswer(answer.Element("GlobalCluster")?.Element("Status")?.Value ?? "unknown");
        }
        catch (AwsException e)
        {
            throw new ShopException($"Rds.{e.ErrorCode}", e.Message, e);
        }
    }
}
