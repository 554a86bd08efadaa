using System.Text.Json;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Asl.Tests;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Reconciliation.Tests.StateMachine;

/// <summary>Runs <c>reconciliation.asl.json</c>, or <c>replay.asl.json</c>, on a clock that jumps: days of waiting take milliseconds.</summary>
internal sealed class ReconciliationMachine(string file = "reconciliation") : IExecutionHistory
{
    public const string Input = """
        {"runId":"0198a2f0-run","database":"orders","oldClusterId":"shop-orders-us-east-1","oldRegion":"us-east-1","failoverStartedAt":"2026-11-23T12:00:00Z",
         "promotedAt":"2026-11-23T12:00:10Z","lag":{"milliseconds":740,"at":"2026-11-23T11:59:00Z"},"boundary":{}}
        """;

    public string Definition { get; } = AslSubstitutions.ApplyNeeded(
        File.ReadAllText(Path.Combine(Repository.Root, "statemachines", $"{file}.asl.json")),
        new Dictionary<string, string>
        {
            ["Region"] = "us-west-2",
            ["ControlTable"] = "failover-control",
            ["NotificationTopicArn"] = "arn:aws:sns:us-west-2:0:notification",
            ["ReconcileFindSnapshotArn"] = "arn:find",
            ["ReconcilePlanArn"] = "arn:plan",
            ["ReconcileCompareArn"] = "arn:compare",
            ["ReconcileReportArn"] = "arn:report",
            ["ReconcileReplayArn"] = "arn:replay",
            ["ApprovalTopicArn"] = "arn:aws:sns:us-west-2:0:approval",
            ["SnapshotPollSeconds"] = "300",
            ["StatusPollSeconds"] = "30",
            ["EngineVersion"] = "8.0.mysql_aurora.3.10.0",
            ["DbSubnetGroup"] = "shop",
            ["DbSecurityGroup"] = "sg-1",
            ["KmsKeyId"] = "alias/shop",
            ["InstanceClass"] = "db.serverless",
            ["CatalogWriterHost"] = "catalog.example",
            ["CatalogWriterPort"] = "3306",
            ["CatalogAdminSecretId"] = "shop-catalog-admin",
            ["OrdersWriterHost"] = "orders.example",
            ["OrdersWriterPort"] = "3306",
            ["OrdersAdminSecretId"] = "shop-orders-admin",
        });

    public PlayedAws Aws { get; } = new();

    public VirtualTime Time { get; } = new();

    public long Events { get; private set; }

    public ExecutionResult Run(string input = Input)
    {
        var machine = Asl.StateMachine.Parse(Definition);
        var options = new ExecutionOptions
        {
            Tasks = Aws,
            Tokens = Aws.Tokens,
            Time = Time,
            History = this,
            Random = new Random(7),
            ExecutionArn = "arn:aws:states:us-west-2:0:execution:reconciliation:run",
            ExecutionName = "run",
        };
        return Time.Run(() => Interpreter.RunAsync(machine, JsonElement.Parse(input), options, default));
    }

    public void Append(HistoryEvent historyEvent) => Events = Math.Max(Events, historyEvent.Id);
}
