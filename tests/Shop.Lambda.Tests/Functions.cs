using Microsoft.AspNetCore.Builder;
using Shop.Lambda.Sample;
using Shop.Testing;

namespace Shop.Lambda.Tests;

/// <summary>The sample function in this process, quiet unless asked.</summary>
internal static class Functions
{
    // A wide margin keeps cancellation, answer and deadline apart on a busy machine.
    public static readonly Dictionary<string, string?> Environment = new() { ["AWS_REGION"] = "eu-test-1", ["AWS_LAMBDA_LOG_LEVEL"] = "NONE", ["DEADLINE_MARGIN_MS"] = "4000" };

    public static Task<FunctionDriver> StartAsync(Action<WebApplication>? configure = null, TimeSpan? timeout = null, bool multiValue = true) =>
        FunctionDriver.StartAsync((api, stop) => SampleFunction.RunAsync(api, Environment, configure, stop), timeout, multiValue);

    public static Task<FunctionDriver> StartTaskAsync(string handler, TimeSpan? timeout = null) =>
        FunctionDriver.StartAsync(
            (api, stop) => SampleTasks.Create().RunAsync(api, new Dictionary<string, string?>(Environment) { ["_HANDLER"] = handler }, stop), timeout);
}
