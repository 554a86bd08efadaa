using Shop.Aws;
using Shop.Failover.Aurora;
using Shop.Failover.Epochs;
using Shop.Failover.Orders;
using Shop.Failover.Preflight;
using Shop.Failover.Records;
using Shop.Failover.Routing;
using Shop.Lambda;

namespace Shop.Failover;

/// <summary>The tasks of the failover state machines that a service integration can't do. <c>_HANDLER</c> chooses one.</summary>
public static class FailoverFunction
{
    public static Task<int> RunAsync(
        HttpClient? runtimeApi = null, IReadOnlyDictionary<string, string?>? environment = null, CancellationToken cancellationToken = default)
    {
        var settings = new FailoverSettings(environment);
        var aws = new Lazy<AwsClient>(() => AwsClient.Create(settings.Variable));
        var table = new Lazy<RoutingTable>(() => new RoutingTable(aws.Value, settings.RoutingTable!, settings.RoutingNamespace, settings.Region));
        var routing = new Lazy<RoutingTasks>(() => new RoutingTasks(
            settings.RoutingTable is null ? RoutingCluster.Create(settings.ArcEndpoints, aws.Value) : table.Value));

        return new TaskFunction()
            .Map("SetRoutingControls", FailoverJson.Default.SetRoutingRequest, FailoverJson.Default.SetRoutingAnswer,
                (request, _, cancel) => routing.Value.SetAsync(request, cancel))
            .Map("GetRoutingControls", FailoverJson.Default.GetRoutingRequest, FailoverJson.Default.GetRoutingAnswer,
                (request, _, cancel) => routing.Value.GetAsync(request, cancel))
            .Map("TellRouting", FailoverJson.Default.TellRoutingRequest, FailoverJson.Default.TellRoutingAnswer, async (_, _, cancel) =>
            {
                await table.Value.TellAsync(cancel);
                return new TellRoutingAnswer(settings.Region);
            })
            .Map("EvaluatePreflight", FailoverJson.Default.PreflightRequest, FailoverJson.Default.PreflightAnswer,
                (request, _, _) => Task.FromResult(PreflightVerdict.Evaluate(request, settings.AlarmTime)))
            .Map("SwitchoverGlobalCluster", FailoverJson.Default.SwitchoverRequest, FailoverJson.Default.SwitchoverAnswer,
                (request, _, cancel) => Switchover.RunAsync(request, aws.Value, settings, cancel))
            .Map("OpenEpoch", FailoverJson.Default.OpenEpochRequest, FailoverJson.Default.EpochBoundary,
                (request, _, cancel) => new EpochTask(aws.Value, settings).OpenAsync(request, cancel))
            .Map("SummarizeRun", FailoverJson.Default.RunFacts, FailoverJson.Default.RunSummary,
                (request, context, _) => Task.FromResult(RunSummarizer.Summarize(request).Publish(context.Metrics)))
            .Map("PlaceSyntheticOrder", FailoverJson.Default.SyntheticOrderRequest, FailoverJson.Default.SyntheticOrderAnswer,
                (request, _, cancel) => new SyntheticOrder(settings).PlaceAsync(request, cancel))
            .Map("LookAtStore", FailoverJson.Default.LookRequest, FailoverJson.Default.LookAnswer,
                (_, _, cancel) => new StoreLook(settings).LookAsync(cancel))
            .RunAsync(runtimeApi, environment, cancellationToken);
    }
}
