using System.Text;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.Sns;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class TaskIntegrationTests : IAsyncDisposable
{
    private const string LambdaInvoke = "arn:aws:states:::lambda:invoke";
    private readonly StepFunctionsRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_function_gets_the_payload_and_its_answer_is_the_payload_of_the_result()
    {
        _rig.Function = (name, payload, _) => Answer($$"""{"name":"{{name}}","echo":{{payload.GetRawText()}} }""");

        var output = Output(await _rig.RunTaskAsync(LambdaInvoke, """{"FunctionName":"open-epoch","Payload":{"run.$":"$.run"}}""", """{"run":7}"""));

        Assert.Equal(200, (int)output["StatusCode"]!);
        Assert.Equal("$LATEST", (string?)output["ExecutedVersion"]);
        Assert.Equal("""{"name":"open-epoch","echo":{"run":7}}""", output["Payload"]!.ToJsonString());
    }

    [Fact]
    public async Task A_function_named_by_its_arn_gives_its_bare_answer()
    {
        const string Arn = "arn:aws:lambda:us-west-2:000000000000:function:verdict";
        _rig.Function = (name, _, _) => Answer($"\"{name}\"");

        Assert.Equal(Arn, (string?)Output(await _rig.RunTaskAsync(Arn, "{}")));
    }

    [Fact]
    public async Task The_error_of_a_function_is_caught_by_its_type()
    {
        _rig.Function = (_, _, _) => Task.FromResult(new FunctionAnswer(
            Encoding.UTF8.GetBytes("""{"errorType":"Shop.RoutingConflict","errorMessage":"busy"}"""), IsError: true));

        var outcome = (await _rig.RunTaskAsync(LambdaInvoke, """{"FunctionName":"f"}""")).Outcome;

        Assert.Equal((ExecutionStatus.Failed, "Shop.RoutingConflict"), (outcome.Status, outcome.Error));
        Assert.Equal("busy", (string?)JsonNode.Parse(outcome.Cause!)!["errorMessage"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"errorMessage":"no type"}""")]
    [InlineData("""{"errorType":5}""")]
    public async Task An_error_without_a_name_is_unknown(string payload)
    {
        _rig.Function = (_, _, _) => Task.FromResult(new FunctionAnswer(Encoding.UTF8.GetBytes(payload), IsError: true));

        Assert.Equal("Lambda.Unknown", (await _rig.RunTaskAsync(LambdaInvoke, """{"FunctionName":"f"}""")).Outcome.Error);
    }

    [Fact]
    public async Task What_lambda_refuses_has_lambdas_error_name()
    {
        _rig.Function = (_, _, _) => throw new FunctionServiceException("TooManyRequestsException", "Rate Exceeded.");

        Assert.Equal("Lambda.TooManyRequestsException", (await _rig.RunTaskAsync(LambdaInvoke, """{"FunctionName":"f"}""")).Outcome.Error);
    }

    [Theory]
    [InlineData("arn:aws:states:::glue:startJobRun")]
    [InlineData("arn:aws:states:::lambda:invokeTwice")]
    [InlineData("arn:aws:states:::dynamodb:query")]
    public async Task A_resource_that_nobody_plays_is_told_by_name(string resource)
    {
        var outcome = (await _rig.RunTaskAsync(resource, "{}")).Outcome;

        Assert.Equal(ExecutionStatus.Failed, outcome.Status);
        Assert.Contains(resource, outcome.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rds_is_called_with_action_and_parameters()
    {
        _rig.Rds = (action, parameters) => new JsonObject { ["Action"] = action, ["Parameters"] = parameters.ToNode() };

        var output = Output(await _rig.RunTaskAsync(
            "arn:aws:states:::aws-sdk:rds:describeGlobalClusters", """{"GlobalClusterIdentifier":"orders"}"""));

        Assert.Equal("""{"Action":"describeGlobalClusters","Parameters":{"GlobalClusterIdentifier":"orders"}}""", output.ToJsonString());
    }

    [Fact]
    public async Task Metrics_are_read_with_iso_times_in_both_directions()
    {
        _rig.CloudWatch.Metrics.Put(new("AWS/RDS", "Lag"), MetricPoint.Of(DateTimeOffset.Parse("2026-03-14T12:00:05Z", null), 17));

        var output = Output(await _rig.RunTaskAsync("arn:aws:states:::aws-sdk:cloudwatch:getMetricData", """
            {"StartTime":"2026-03-14T12:00:00Z","EndTime":"2026-03-14T12:01:00Z","MetricDataQueries":[
              {"Id":"lag","MetricStat":{"Metric":{"Namespace":"AWS/RDS","MetricName":"Lag"},"Period":60,"Stat":"Maximum"}}]}
            """));

        Assert.Equal("[17]", output["MetricDataResults"]![0]!["Values"]!.ToJsonString());
        Assert.Equal("""["2026-03-14T12:00:00Z"]""", output["MetricDataResults"]![0]!["Timestamps"]!.ToJsonString());
    }

    [Fact]
    public async Task An_event_is_put_with_its_execution_among_the_resources()
    {
        var execution = await _rig.RunTaskAsync("arn:aws:states:::events:putEvents",
            """{"Entries":[{"Source":"shop","DetailType":"Done","Detail":{"a":1},"Resources":["arn:x"]}]}""");

        var sent = Assert.Single(_rig.Bus.Events);
        Assert.Equal(0, (int)Output(execution)["FailedEntryCount"]!);
        Assert.Equal(1, sent.GetProperty("detail").GetProperty("a").GetInt32());
        Assert.Equal(
            ["arn:x", execution.Arn, execution.StateMachineArn], sent.GetProperty("resources").EnumerateArray().Select(item => item.GetString()!));
    }

    [Fact]
    public async Task An_event_that_was_not_taken_fails_the_task() =>
        Assert.Equal("EventBridge.FailedEntry", (await _rig.RunTaskAsync(
            "arn:aws:states:::events:putEvents", """{"Entries":[{"Source":"aws.rds","DetailType":"Done","Detail":{}}]}""")).Outcome.Error);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_operator_answers_what_an_execution_asks(bool approve)
    {
        var topic = _rig.Sns.CreateTopic("approvals");
        var desk = new ApprovalDesk(_rig.Sns, _rig.Service.Tokens, TimeProvider.System);
        var asked = new TaskCompletionSource();
        _rig.Sns.Published += _ => asked.TrySetResult();
        var running = _rig.RunTaskAsync("arn:aws:states:::sns:publish.waitForTaskToken",
            $$"""{"TopicArn":"{{topic}}","Subject":"May I?","Message":{"taskToken.$":"$$.Task.Token"} }""");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        var question = Assert.Single(desk.Pending);

        // The token is registered once the publish call has returned to the interpreter.
        while (!(approve ? desk.Approve(question.Message.Id, "ops") : desk.Deny(question.Message.Id, "ops")) && desk.Pending.Count > 0)
        {
            await Task.Yield();
        }

        var outcome = (await running).Outcome;
        Assert.Equal(approve ? null : "Shop.ApprovalDenied", outcome.Error);
        Assert.Empty(desk.Pending);
        if (approve)
        {
            Assert.Equal("ops", (string?)JsonNode.Parse(outcome.Output!)!["by"]);
        }
    }

    [Fact]
    public async Task A_topic_that_is_not_there_fails_the_task() =>
        Assert.Equal("SNS.NotFoundException", (await _rig.RunTaskAsync(
            "arn:aws:states:::sns:publish", """{"TopicArn":"arn:aws:sns:us-west-2:000000000000:none","Message":"m"}""")).Outcome.Error);

    [Fact]
    public async Task Step_functions_itself_is_called_in_the_casing_of_sdk_integrations()
    {
        var other = await _rig.RunTaskAsync(LambdaInvoke, """{"FunctionName":"f"}""");

        var output = Output(await _rig.RunTaskAsync("arn:aws:states:::aws-sdk:sfn:describeExecution", $$"""{"ExecutionArn":"{{other.Arn}}"}"""));
        Assert.Equal("SUCCEEDED", (string?)output["Status"]);
        Assert.True(DateTimeOffset.TryParse((string?)output["StopDate"], null, out _));

        var missing = await _rig.RunTaskAsync("arn:aws:states:::aws-sdk:sfn:describeExecution", $$"""{"ExecutionArn":"{{other.Arn}}0"}""");
        Assert.Equal("Sfn.ExecutionDoesNotExistException", missing.Outcome.Error);
    }

    [Fact]
    public async Task History_names_the_integration_and_its_parameters()
    {
        var execution = await _rig.RunTaskAsync(LambdaInvoke, """{"FunctionName":"f"}""");

        var scheduled = Assert.IsType<TaskScheduledDetails>(execution.Events.Single(item => item.Type == HistoryEventType.TaskScheduled).Details);
        Assert.Equal(("lambda", "invoke", "us-west-2"), (scheduled.ResourceType, scheduled.Resource, scheduled.Region));
    }

    private static Task<FunctionAnswer> Answer(string json) => Task.FromResult(new FunctionAnswer(Encoding.UTF8.GetBytes(json), IsError: false));

    private static JsonNode Output(Execution execution)
    {
        Assert.True(execution.Status == ExecutionStatus.Succeeded, $"{execution.Outcome}");
        return JsonNode.Parse(execution.Outcome.Output!)!;
    }
}
