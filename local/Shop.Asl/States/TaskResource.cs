namespace Shop.Asl.States;

/// <summary>What a Task state calls, as its ARN says.</summary>
internal sealed class TaskResource
{
    private const string IntegrationPrefix = ":states:::";

    public TaskResource(string arn)
    {
        Arn = arn;
        var at = arn.IndexOf(IntegrationPrefix, StringComparison.Ordinal);
        if (at < 0)
        {
            Type = arn.Split(':') is [_, _, var service, ..] ? service : "";
            IsFunction = Type == "lambda";
            return;
        }

        // arn:aws:states:::aws-sdk:rds:describeDBClusters is type aws-sdk:rds; a pattern such as .sync:2 stays with the action.
        var parts = arn[(at + IntegrationPrefix.Length)..].Split(':');
        var words = parts[0] == "aws-sdk" && parts.Length > 2 ? 2 : 1;
        Type = string.Join(':', parts[..words]);
        Action = string.Join(':', parts[words..]);
        WaitsForToken = Action.EndsWith(".waitForTaskToken", StringComparison.Ordinal);
        RunsJob = Action.Contains(".sync", StringComparison.Ordinal);
    }

    public string Arn { get; }

    /// <summary>The resourceType of history events: <c>lambda</c>, <c>aws-sdk:rds</c>.</summary>
    public string Type { get; }

    /// <summary>The resource of history events: <c>invoke</c>, <c>startExecution.sync:2</c>.</summary>
    public string Action { get; } = "";

    /// <summary>A function named by its own ARN, which has events of its own.</summary>
    public bool IsFunction { get; }

    public bool WaitsForToken { get; }

    public bool RunsJob { get; }
}
