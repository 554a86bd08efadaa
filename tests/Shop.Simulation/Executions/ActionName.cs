using System.Collections.Concurrent;
using Shop.Asl;
using Shop.Simulation.Apis;

namespace Shop.Simulation.Executions;

internal enum CallType
{
    Plain,

    /// <summary>A nested execution that is waited for.</summary>
    Nested,

    /// <summary>A question that is waited for.</summary>
    Question,
}

/// <summary>What a task calls: service, action and pattern of its Resource; of a function, its name.</summary>
/// <param name="Key">What an outage is of: <c>rds:describeGlobalClusters</c>, <c>lambda:shop-open-epoch</c>.</param>
internal readonly record struct ActionName(string Service, string Action, CallType Type, string Key)
{
    private const string Prefix = "arn:aws:states:::";
    private static readonly ConcurrentDictionary<(string Resource, string Function), ActionName> Known = new();

    public static ActionName Of(TaskInvocation task) => Known.GetOrAdd(
        (task.Resource, task.Resource.Contains(":lambda:", StringComparison.Ordinal) ? task.Input.Text("FunctionName") : ""),
        static key => Of(key.Resource, key.Function));

    private static ActionName Of(string arn, string function)
    {
        var resource = arn.StartsWith(Prefix, StringComparison.Ordinal)
            ? arn[Prefix.Length..]
            : throw new InvalidOperationException($"The model does not know the resource {arn}.");
        resource = resource.StartsWith("aws-sdk:", StringComparison.Ordinal) ? resource["aws-sdk:".Length..] : resource;
        var pattern = resource.IndexOf('.', StringComparison.Ordinal);
        var type = pattern < 0 ? CallType.Plain : resource[(pattern + 1)..] == "waitForTaskToken" ? CallType.Question : CallType.Nested;
        var action = pattern < 0 ? resource : resource[..pattern];
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        var (service, name) = (action[..colon], action[(colon + 1)..]);
        return service == "lambda"
            ? new(service, Function(function), type, $"lambda:{Function(function)}")
            : new(service, name, type, action);
    }

    private static string Function(string arn) => arn[(arn.LastIndexOf(':') + 1)..];
}
