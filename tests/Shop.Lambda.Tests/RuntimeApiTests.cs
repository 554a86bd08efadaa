using System.Text.Json;
using Shop.Lambda.Sample;

namespace Shop.Lambda.Tests;

public sealed class RuntimeApiTests
{
    private static readonly Dictionary<string, string?> Add = new(Functions.Environment) { ["_HANDLER"] = "Add" };

    [Fact]
    public async Task Chunked_events_and_closed_connections_are_taken_and_a_vanished_api_ends_the_function()
    {
        using var api = new ScriptedRuntimeApi(
            ScriptedRuntimeApi.Invocation("""{"left":2,"right":3}"""), ScriptedRuntimeApi.Invocation("""{"left":20,"right":30}"""));

        var code = await SampleTasks.Create().RunAsync(api.Http, Add, TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        Assert.Equal(2, api.Posts.Count);
        Assert.All(api.Posts, p => Assert.StartsWith("POST /2018-06-01/runtime/invocation/r1/response ", p, StringComparison.Ordinal));
        Assert.Contains("\"value\":5,", api.Posts[0]);
        Assert.Contains("\"value\":50,", api.Posts[1]);
    }

    [Fact]
    public async Task Errors_are_posted_in_the_documented_form()
    {
        using var api = new ScriptedRuntimeApi(ScriptedRuntimeApi.Invocation("""{"left":2,"right":3}"""));

        await SampleTasks.Create().RunAsync(
            api.Http, new Dictionary<string, string?>(Add) { ["_HANDLER"] = "Refuse" }, TestContext.Current.CancellationToken);

        var post = Assert.Single(api.Posts);
        Assert.StartsWith("POST /2018-06-01/runtime/invocation/r1/error ", post, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/vnd.aws.lambda.error+json", post);
        Assert.Contains("Lambda-Runtime-Function-Error-Type: Shop.Refused", post);
        var cause = post.Split("\r\n").Single(l => l.StartsWith("Lambda-Runtime-Function-XRay-Error-Cause: ", StringComparison.Ordinal));
        var exceptions = JsonDocument.Parse(cause[(cause.IndexOf(':', StringComparison.Ordinal) + 1)..]).RootElement.GetProperty("exceptions");
        Assert.Equal(["Shop.Refused", "TimeoutException"], exceptions.EnumerateArray().Select(e => e.GetProperty("type").GetString()!));
        Assert.Equal("Not today.", exceptions[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task What_the_caller_sent_beside_the_input_is_readable()
    {
        using var api = new ScriptedRuntimeApi(
            ScriptedRuntimeApi.Invocation(
                """{"left":2,"right":3}""", "LAMBDA-RUNTIME-CLIENT-CONTEXT: {\"custom\":1}\r\nLambda-Runtime-Cognito-Identity: {\"id\":2}\r\n"),
            ScriptedRuntimeApi.Invocation("""{"left":2,"right":3}"""));
        var seen = new List<TaskContext>();
        var who = new TaskFunction().Map("Add", SampleJson.Default.Sum, SampleJson.Default.Sum, (sum, context, _) =>
        {
            seen.Add(context);
            return Task.FromResult(sum);
        });

        await who.RunAsync(api.Http, Add, TestContext.Current.CancellationToken);

        Assert.Equal(["""{"custom":1}""", null], seen.Select(c => c.ClientContext));
        Assert.Equal(["""{"id":2}""", null], seen.Select(c => c.CognitoIdentity));
    }

    [Fact]
    public async Task A_container_error_ends_the_function()
    {
        using var api = new ScriptedRuntimeApi("HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        var code = await SampleTasks.Create().RunAsync(api.Http, Add, TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        Assert.False(api.Exhausted.Task.IsCompleted);
    }
}
