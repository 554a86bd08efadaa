namespace Shop.Lambda.Runtime;

/// <summary>One invocation at a time is what this runtime and its functions are written for: the trace variable is one for the process.</summary>
internal static class Concurrency
{
    private const string Variable = "AWS_LAMBDA_MAX_CONCURRENCY";

    /// <summary>Why the function must not start, or null.</summary>
    public static ShopException? Refusal(FunctionEnvironment environment) =>
        environment[Variable] is null or "1"
            ? null
            : new ShopException(
                "Shop.UnsupportedConcurrency",
                $"{Variable} is '{environment[Variable]}'; this runtime serves one invocation at a time. Expected 1, or the variable not set.");
}
