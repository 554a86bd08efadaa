using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.Drill;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Scenarios;

/// <summary>Both Regions after a drill, still running.</summary>
public sealed class DrilledStore : IAsyncLifetime
{
    internal const int Missing = 8;
    private readonly Workspace _workspace = Workspace.Find();
    private readonly StringWriter _log = new();
    private readonly List<string> _folders = [];

    internal RehearsalHost Host { get; private set; } = null!;

    internal DrillFacts Facts { get; private set; } = null!;

    internal Evidence Evidence { get; private set; } = null!;

    internal string ReportFile { get; private set; } = "";

    internal string Log => _log.ToString();

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var timeline = new Timeline(TimeProvider.System, TextWriter.Synchronized(_log));
        try
        {
            Host = await RehearsalHost.StartAsync(_workspace, new RehearsalOptions(), text => timeline.Say(text), cancellationToken);
            var options = new DrillOptions { Missing = Missing, SteadyOrders = 4, Shoppers = 2 };
            Facts = await new DrillRunner(Host, options, timeline, TimeProvider.System).RunAsync(cancellationToken);
            ReportFile = Path.Combine(Host.Reports(Facts.Survivor).Single(r => r.Database == "orders").Folder, "report.json");
            Evidence = await new DrillJudge(Host).CollectAsync(Facts, ReportFile, cancellationToken);
        }
        catch (Exception e)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"The drill failed: {e.Message}\n{Log}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        _folders.ForEach(f => Directory.Delete(f, recursive: true));
        await _log.DisposeAsync();
    }

    /// <summary>Runs the reconciliation of the orders once more, by the same function with another plan. Answers the report's file.</summary>
    internal async Task<string> ReconcileAgainAsync(Action<JsonNode> changePlan, CancellationToken cancellationToken)
    {
        Redeploy(CopyWithPlan(changePlan));
        var runId = $"again-{Guid.CreateVersion7():N}";
        var input = JsonNode.Parse(Facts.Reconciliations.Single(e => e.Input.Contains("\"orders\"", StringComparison.Ordinal)).Input)!;
        input["runId"] = runId;
        var execution = Host.StepFunctions(Facts.Survivor).Start(
            StateMachineDeployment.MachineArn(Facts.Survivor, "reconciliation"), runId, input.ToJsonString());
        await execution.Completion.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        Assert.True(execution.Status == ExecutionStatus.Succeeded, $"{execution.Outcome.Error}: {execution.Outcome.Cause}");
        var newest = Host.Reports(Facts.Survivor).Single(r => r.Database == "orders");
        Assert.Contains(runId, newest.Folder, StringComparison.Ordinal);
        return Path.Combine(newest.Folder, "report.json");
    }

    /// <summary>Starts the replay of the orders' report, asked for by one who can't approve it.</summary>
    internal Execution StartReplay() => Host.StartReplay(Host.Reports(Facts.Survivor).Single(r => r.Database == "orders"), "reader");

    /// <summary>What the store answers to one who asks for an order.</summary>
    internal async Task<(int Status, JsonNode Body)> OrderAsync(Guid id)
    {
        using var http = new HttpClient { BaseAddress = Host.Region(Facts.Survivor).LoadBalancer.Address };
        using var answer = await http.GetAsync(new Uri($"orders/{id:D}", UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    /// <summary>What the survivor's lock says in the control table.</summary>
    internal async Task<string?> RunStateOfLockAsync(CancellationToken cancellationToken)
    {
        var key = new JsonObject { ["pk"] = new JsonObject { ["S"] = $"lock#{Facts.Survivor}" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, Host.Region(Facts.Survivor).DynamoDb.Address)
        {
            Content = new StringContent(
                new JsonObject { ["TableName"] = "failover-control", ["Key"] = key }.ToJsonString(), System.Text.Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.GetItem");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        // It is not checked, but has to be there.
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0");
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, cancellationToken);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?["Item"]?["runState"]?["S"];
    }

    private string CopyWithPlan(Action<JsonNode> changePlan)
    {
        var source = Path.GetDirectoryName(_workspace.Assembly("functions/Shop.Reconciliation"))!;
        var copy = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"reconciliation-{Guid.CreateVersion7():N}")).FullName;
        _folders.Add(copy);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var planFile = Path.Combine(copy, "Plans", "orders.json");
        var plan = JsonNode.Parse(File.ReadAllText(planFile))!;
        changePlan(plan);
        File.WriteAllText(planFile, plan.ToJsonString());
        return Path.Combine(copy, "Shop.Reconciliation.dll");
    }

    private void Redeploy(string assembly)
    {
        var region = Host.Region(Facts.Survivor);
        foreach (var function in region.Lambda.Functions.Where(f => f.Name.StartsWith("shop-reconcile-", StringComparison.Ordinal)).ToList())
        {
            region.Lambda.Deploy(function with { Arguments = [assembly] });
        }
    }
}
