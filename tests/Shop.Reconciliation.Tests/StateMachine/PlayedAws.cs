using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;

namespace Shop.Reconciliation.Tests.StateMachine;

/// <summary>Answers the machine's tasks as AWS would on a good day, and lets a test spoil single ones.</summary>
internal sealed class PlayedAws : ITaskInvoker
{
    private readonly Dictionary<string, Func<JsonElement, JsonNode>> _answers = new(StringComparer.Ordinal)
    {
        ["Claim"] = _ => new JsonObject(),
        ["FindSnapshot"] = _ => Payload("""{"found":true,"snapshotArn":"arn:aws:rds:us-east-1:0:cluster-snapshot:rds:s","snapshotId":"rds:s","createdAt":"2026-11-23T12:30:00Z"}"""),
        ["CopySnapshot"] = _ => new JsonObject(),
        ["DescribeCopy"] = input => JsonNode.Parse($$"""{"DbClusterSnapshots":[{"Status":"available","DbClusterSnapshotArn":"arn:copy:{{input.GetProperty("DbClusterSnapshotIdentifier")}}"}]}""")!,
        ["RestoreCopy"] = _ => new JsonObject(),
        ["DescribeCluster"] = _ => Cluster("available"),
        ["CreateInstance"] = _ => new JsonObject(),
        ["DescribeInstance"] = _ => JsonNode.Parse("""{"DbInstances":[{"DbInstanceStatus":"available"}]}""")!,
        ["LocateCopy"] = _ => Cluster("available"),
        ["Plan"] = _ => Payload("""{"runId":"r","reportPrefix":"p/","groups":[{"group":0,"ranges":1},{"group":1,"ranges":1}],"ranges":2}"""),
        ["CompareVersionsOfGroup"] = input => Payload($$"""{"group":{{input.GetProperty("Payload").GetProperty("group")}},"missing":1,"changed":0,"resurrected":0,"extra":0}"""),
        ["CompareGroup"] = input => Payload($$"""{"group":{{input.GetProperty("Payload").GetProperty("group")}},"missing":1,"changed":0,"resurrected":0,"extra":0}"""),
        ["DescribeSnapshot"] = _ => JsonNode.Parse("""{"DbClusterSnapshots":[{"Status":"available","DbClusterSnapshotArn":"arn:kept"}]}""")!,
        ["Announce"] = _ => Payload("""{"next":25,"isDone":true}"""),
        ["DryRun"] = _ => Payload("""{"next":25,"isDone":true,"wouldInsert":24,"inserted":0,"alreadyThere":0,"conflicts":1,"gone":0,"review":3,"events":24}"""),
        ["AskApproval"] = _ => JsonNode.Parse("""{"approved":true,"by":"second","at":"2026-11-23T13:00:00Z"}""")!,
        ["Replay"] = input => Payload(input.GetProperty("Payload").GetProperty("soFar").GetProperty("next").GetInt32() == 0
            ? """{"next":10,"isDone":false,"wouldInsert":0,"inserted":10,"alreadyThere":0,"conflicts":0,"gone":0,"review":3,"events":10}"""
            : """{"next":25,"isDone":true,"wouldInsert":0,"inserted":24,"alreadyThere":1,"conflicts":0,"gone":0,"review":3,"events":24}"""),
        ["Verify"] = _ => Payload("""{"next":25,"isDone":true,"differing":0}"""),
        ["Withdraw"] = _ => Payload("""{"next":25,"isDone":true}"""),
        ["Report"] = _ => Payload("""{"runId":"r","database":"orders","reportPrefix":"p/","missing":25,"completeness":"exact"}"""),
    };

    public List<(string State, string Resource, JsonElement Input)> Calls { get; } = [];

    public TaskTokens Tokens { get; } = new();

    public IEnumerable<string> States => Calls.Select(c => c.State);

    public void Answer(string state, Func<JsonElement, JsonNode> answer) => _answers[state] = answer;

    public void Fail(string state, string error) => _answers[state] = _ => throw new TaskFailureException(error, $"{state} fails.");

    public JsonElement InputOf(string state) => Calls.Last(c => c.State == state).Input;

    public static JsonNode Payload(string json) => new JsonObject { ["Payload"] = JsonNode.Parse(json) };

    public static JsonNode Cluster(string status) => JsonNode.Parse($$"""{"DbClusters":[{"Status":"{{status}}","Endpoint":"copy.example","Port":3307}]}""")!;

    public Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken)
    {
        Calls.Add((task.StateName, task.Resource, task.Input.Clone()));
        var answer = _answers.TryGetValue(task.StateName, out var play) ? play(task.Input) : new JsonObject();
        if (task.TaskToken is { } token)
        {
            // The person answers before the mail has left; the machine must not mind.
            Tokens.Succeed(token, JsonSerializer.SerializeToElement(answer));
        }

        return Task.FromResult(JsonSerializer.SerializeToElement(answer));
    }
}
