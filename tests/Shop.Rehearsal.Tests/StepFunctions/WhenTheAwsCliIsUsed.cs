using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Tests.StepFunctions;

/// <summary>The real AWS CLI, where the machine has one: <c>aws stepfunctions … --endpoint-url</c>. What it did is the test's output.</summary>
public sealed class WhenTheAwsCliIsUsed : IAsyncLifetime
{
    private const string Definition = """
        {"StartAt":"Ask","States":{
          "Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"ask","Payload.$":"$$.Task.Token"},"ResultPath":"$.answer","Next":"Do"},
          "Do":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"do","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}
        """;

    private readonly StepFunctionsRig _rig = new();
    private readonly TaskCompletionSource<string> _token = new();
    private AwsJsonServer _server = null!;
    private bool _works;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(await HasCliAsync(), "This machine has no `aws`: the API is not driven by the real CLI here.");
        _server = await AwsJsonServer.StartAsync(_rig.Power, [new StepFunctionsApi(_rig.Service).ToJsonApi()], cancellationToken: Cancellation);
        _rig.Function = (name, payload, _) =>
        {
            if (name == "ask")
            {
                _token.TrySetResult(payload.GetString()!);
            }

            return Task.FromResult(new FunctionAnswer(System.Text.Encoding.UTF8.GetBytes(name == "ask" ? "{}" : payload.GetRawText()), IsError: name == "do" && !_works));
        };
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task It_creates_starts_watches_stops_and_redrives()
    {
        await AwsAsync("validate-state-machine-definition", "--definition", Definition);
        var machine = Text(await AwsAsync("create-state-machine", "--name", "cli", "--definition", Definition, "--role-arn", "arn:aws:iam::000000000000:role/r"), "stateMachineArn");
        var started = Text(await AwsAsync("start-execution", "--state-machine-arn", machine, "--name", "run-1", "--input", """{"order":7}"""), "executionArn");
        var token = await _token.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal("RUNNING", Text(await AwsAsync("describe-execution", "--execution-arn", started), "status"));
        await AwsAsync("send-task-heartbeat", "--task-token", token);
        await AwsAsync("send-task-success", "--task-token", token, "--task-output", """{"approved":true}""");
        await _rig.Service.GetExecution(started).Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        var failed = await AwsAsync("describe-execution", "--execution-arn", started);
        Assert.Equal(("FAILED", "REDRIVABLE"), (Text(failed, "status"), Text(failed, "redriveStatus")));
        _works = true;
        await AwsAsync("redrive-execution", "--execution-arn", started);
        await _rig.Service.GetExecution(started).Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        var redriven = await AwsAsync("describe-execution", "--execution-arn", started);
        Assert.Equal(("SUCCEEDED", 1), (Text(redriven, "status"), redriven.GetProperty("redriveCount").GetInt32()));
        Assert.Equal("""{"order":7,"answer":{"approved":true}}""", Text(redriven, "output"));

        var waiting = Text(await AwsAsync("start-execution", "--state-machine-arn", machine, "--name", "run-2"), "executionArn");
        await AwsAsync("stop-execution", "--execution-arn", waiting, "--error", "Ops.Stop", "--cause", "enough");
        Assert.Equal("Ops.Stop", _rig.Service.GetExecution(waiting).Outcome.Error);
        var list = (await AwsAsync("list-executions", "--state-machine-arn", machine, "--page-size", "1")).GetProperty("executions");
        Assert.Equal(["run-2", "run-1"], list.EnumerateArray().Select(execution => Text(execution, "name")));
        var events = (await AwsAsync("get-execution-history", "--execution-arn", started, "--page-size", "4", "--reverse-order")).GetProperty("events");
        Assert.Equal(_rig.Service.GetExecution(started).EventCount, events.GetArrayLength());
        Assert.Equal("ExecutionSucceeded", Text(events[0], "type"));

        var (code, _, errors) = await RunAsync("redrive-execution", "--execution-arn", started);
        Assert.NotEqual(0, code);
        Assert.Contains("An error occurred (ExecutionNotRedrivable) when calling the RedriveExecution operation: Execution is SUCCEEDED and cannot be redriven", errors, StringComparison.Ordinal);
    }

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private static async Task<bool> HasCliAsync()
    {
        try
        {
            using var aws = Process.Start(new ProcessStartInfo("aws", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await aws.WaitForExitAsync(Cancellation);
            return aws.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private async Task<JsonElement> AwsAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        Assert.True(code == 0, $"aws stepfunctions {arguments[0]}: {errors}");
        return JsonConversions.Parse(output.Length == 0 ? "{}" : output);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var aws = Process.Start(new ProcessStartInfo("aws", ["stepfunctions", .. arguments, "--endpoint-url", _server.Address.ToString(), "--output", "json"])
        {
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = "rehearsal", ["AWS_SECRET_ACCESS_KEY"] = "rehearsal", ["AWS_DEFAULT_REGION"] = "us-west-2",
                ["AWS_CONFIG_FILE"] = "/dev/null", ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null", ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_PAGER"] = "",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = aws.StandardError.ReadToEndAsync(Cancellation);
        var output = (await aws.StandardOutput.ReadToEndAsync(Cancellation)).Trim();
        await aws.WaitForExitAsync(Cancellation);
        TestContext.Current.TestOutputHelper!.WriteLine($"$ aws stepfunctions {string.Join(' ', arguments)}\n{output}{await errors}");
        return (aws.ExitCode, output, await errors);
    }
}
