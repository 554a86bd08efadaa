using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.Tests.AwsJson;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class StepFunctionsApiTests : IAsyncLifetime
{
    private const string Pass = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
    private const string Role = "arn:aws:iam::000000000000:role/r";
    private readonly StepFunctionsRig _rig = new();
    private readonly HttpClient _http = new();
    private AwsJsonServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await AwsJsonServer.StartAsync(
        _rig.Power, [new StepFunctionsApi(_rig.Service).ToJsonApi()], cancellationToken: Cancellation);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task A_machine_is_created_started_and_described()
    {
        var machine = await CreateAsync("pass", Pass);
        Assert.Equal("arn:aws:states:us-west-2:000000000000:stateMachine:pass", machine);

        var started = await OkAsync("StartExecution", new() { ["stateMachineArn"] = machine, ["name"] = "one", ["input"] = """{"a": 1}""" });
        var arn = started.GetProperty("executionArn").GetString()!;
        Assert.Equal("arn:aws:states:us-west-2:000000000000:execution:pass:one", arn);
        await _rig.Service.GetExecution(arn).Completion;

        var described = await OkAsync("DescribeExecution", new() { ["executionArn"] = arn });
        Assert.Equal("SUCCEEDED", described.GetProperty("status").GetString());
        Assert.Equal("""{"a": 1}""", described.GetProperty("input").GetString());
        Assert.True(JsonElement.DeepEquals(JsonConversions.Parse("""{"a":1}"""), JsonConversions.Parse(described.GetProperty("output").GetString()!)));
        Assert.Equal(JsonValueKind.Number, described.GetProperty("stopDate").ValueKind);
        Assert.Equal(machine, described.GetProperty("stateMachineArn").GetString());

        var definition = await OkAsync("DescribeStateMachine", new() { ["stateMachineArn"] = machine });
        Assert.Equal(Pass, definition.GetProperty("definition").GetString());
        Assert.Equal("ACTIVE", definition.GetProperty("status").GetString());
    }

    [Fact]
    public async Task History_is_paged_in_both_directions()
    {
        var arn = await RunAsync(await CreateAsync("pass", Pass));
        var forwards = await HistoryAsync(arn, reverse: false, size: 2);
        var backwards = await HistoryAsync(arn, reverse: true, size: 3);

        Assert.Equal(["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"], forwards.Select(Type));
        Assert.Equal(forwards.AsEnumerable().Reverse().Select(Type), backwards.Select(Type));
        Assert.Equal([1, 2, 3, 4], forwards.Select(item => item.GetProperty("id").GetInt32()));
        Assert.Equal("P", forwards[1].GetProperty("stateEnteredEventDetails").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_token_of_one_list_is_no_token_of_another()
    {
        var arn = await RunAsync(await CreateAsync("pass", Pass));
        var page = await OkAsync("GetExecutionHistory", new() { ["executionArn"] = arn, ["maxResults"] = 1 });
        var token = page.GetProperty("nextToken").GetString();

        await FailsAsync("InvalidToken", "GetExecutionHistory",
            new() { ["executionArn"] = arn, ["maxResults"] = 1, ["reverseOrder"] = true, ["nextToken"] = token });
        await FailsAsync("InvalidToken", "ListStateMachines", new() { ["nextToken"] = token });
    }

    [Fact]
    public async Task Starting_again_by_name_is_the_same_execution_only_while_it_runs_with_the_same_input()
    {
        var release = new TaskCompletionSource();
        _rig.Function = async (_, _, cancellation) =>
        {
            await release.Task.WaitAsync(cancellation);
            return new("{}"u8.ToArray(), IsError: false);
        };
        var machine = _rig.CreateTask("task", "arn:aws:states:::lambda:invoke", """{"FunctionName":"f"}""");
        JsonObject Start(string input) => new() { ["stateMachineArn"] = machine, ["name"] = "one", ["input"] = input };

        var first = await OkAsync("StartExecution", Start("""{"a":1,"b":2}"""));
        var second = await OkAsync("StartExecution", Start("""{"b":2, "a":1}"""));
        Assert.Equal(first.GetRawText(), second.GetRawText());
        await FailsAsync("ExecutionAlreadyExists", "StartExecution", Start("""{"a":2}"""));

        release.SetResult();
        await _rig.Service.Executions.Single().Completion;
        await FailsAsync("ExecutionAlreadyExists", "StartExecution", Start("""{"a":1,"b":2}"""));
    }

    [Fact]
    public async Task A_stopped_execution_is_aborted_with_the_given_reason()
    {
        var machine = _rig.Service.Create("wait", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}}""").Arn;
        var arn = _rig.Service.Start(machine).Arn;

        await OkAsync("StopExecution", new() { ["executionArn"] = arn, ["error"] = "Ops.Stop", ["cause"] = "enough" });

        var described = await OkAsync("DescribeExecution", new() { ["executionArn"] = arn });
        Assert.Equal("ABORTED", described.GetProperty("status").GetString());
        Assert.Equal("Ops.Stop", described.GetProperty("error").GetString());
        Assert.Equal("enough", described.GetProperty("cause").GetString());
        Assert.Equal("ExecutionAborted", Type((await HistoryAsync(arn, reverse: true, size: 1))[0]));
    }

    [Fact]
    public async Task Executions_are_listed_newest_first_and_by_status()
    {
        var machine = await CreateAsync("pass", Pass);
        var first = await RunAsync(machine);
        await Task.Delay(5, Cancellation);
        var second = await RunAsync(machine);

        var all = await OkAsync("ListExecutions", new() { ["stateMachineArn"] = machine, ["statusFilter"] = "SUCCEEDED" });
        Assert.Equal([second, first], all.GetProperty("executions").EnumerateArray().Select(item => item.GetProperty("executionArn").GetString()));
        var running = await OkAsync("ListExecutions", new() { ["stateMachineArn"] = machine, ["statusFilter"] = "RUNNING" });
        Assert.Empty(running.GetProperty("executions").EnumerateArray());
    }

    [Theory]
    [InlineData("SendTaskSuccess", ExecutionStatus.Succeeded)]
    [InlineData("SendTaskFailure", ExecutionStatus.Failed)]
    public async Task A_task_token_is_answered_once(string operation, ExecutionStatus status)
    {
        var token = new TaskCompletionSource<string>();
        _rig.Function = (_, payload, _) =>
        {
            token.TrySetResult(payload.GetString()!);
            return Task.FromResult(new Rehearsal.StepFunctions.Integrations.FunctionAnswer("{}"u8.ToArray(), IsError: false));
        };
        var machine = _rig.CreateTask("ask", "arn:aws:states:::lambda:invoke.waitForTaskToken", """{"FunctionName":"f","Payload.$":"$$.Task.Token"}""");
        var execution = _rig.Service.Start(machine);
        var answer = new JsonObject { ["taskToken"] = await token.Task.WaitAsync(Cancellation) };
        if (operation == "SendTaskSuccess")
        {
            answer["output"] = """{"ok":true}""";
        }

        await OkAsync("SendTaskHeartbeat", new() { ["taskToken"] = (string?)answer["taskToken"] });
        await OkAsync(operation, answer.DeepClone().AsObject());
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(status, execution.Status);
        await FailsAsync("TaskTimedOut", operation, answer);
    }

    [Fact]
    public async Task An_updated_machine_runs_its_new_definition_from_the_next_start()
    {
        var machine = await CreateAsync("m", Pass);
        await OkAsync("UpdateStateMachine", new()
        {
            ["stateMachineArn"] = machine, ["definition"] = """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"New"}}}""",
        });

        Assert.Equal("New", _rig.Service.GetExecution(await RunAsync(machine)).Outcome.Error);
    }

    [Fact]
    public async Task Creating_a_machine_twice_is_one_machine_and_a_different_one_is_refused()
    {
        Assert.Equal(await CreateAsync("m", Pass), await CreateAsync("m", Pass));
        await FailsAsync("StateMachineAlreadyExists", "CreateStateMachine",
            new() { ["name"] = "m", ["definition"] = Pass.Replace('P', 'Q').Replace("\"Qass\"", "\"Pass\"", StringComparison.Ordinal), ["roleArn"] = Role });

        await OkAsync("DeleteStateMachine", new() { ["stateMachineArn"] = "arn:aws:states:us-west-2:000000000000:stateMachine:m" });
        var list = await OkAsync("ListStateMachines", []);
        Assert.Empty(list.GetProperty("stateMachines").EnumerateArray());
    }

    [Fact]
    public async Task A_definition_is_validated_without_being_kept()
    {
        var good = await OkAsync("ValidateStateMachineDefinition", new() { ["definition"] = Pass });
        Assert.Equal("OK", good.GetProperty("result").GetString());

        var bad = await OkAsync("ValidateStateMachineDefinition", new()
        {
            ["definition"] = """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Nowhere"}}}""",
        });
        Assert.Equal("FAIL", bad.GetProperty("result").GetString());
        var diagnostic = bad.GetProperty("diagnostics")[0];
        Assert.Equal("ERROR", diagnostic.GetProperty("severity").GetString());
        Assert.Contains("/States/A", diagnostic.GetProperty("location").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateStateMachine", """{"name":"a b","definition":"{}","roleArn":"arn:aws:iam::0:role/r"}""", "InvalidName")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{","roleArn":"arn:aws:iam::0:role/r"}""", "InvalidDefinition")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","type":"EXPRESS"}""", "StateMachineTypeNotSupported")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}"}""", "ValidationException")]
    [InlineData("UpdateStateMachine", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:m"}""", "MissingRequiredParameter")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:none"}""", "StateMachineDoesNotExist")]
    [InlineData("StartExecution", """{"stateMachineArn":"nothing"}""", "InvalidArn")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","input":"{"}""", "InvalidExecutionInput")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","name":"a/b"}""", "InvalidName")]
    [InlineData("DescribeExecution", """{"executionArn":"arn:aws:states:us-west-2:000000000000:execution:a:b"}""", "ExecutionDoesNotExist")]
    [InlineData("StopExecution", """{"executionArn":"arn:aws:states:us-west-2:000000000000:execution:a:b"}""", "ExecutionDoesNotExist")]
    [InlineData("GetExecutionHistory", """{"executionArn":"arn:aws:states:us-west-2:000000000000:execution:a:b"}""", "ExecutionDoesNotExist")]
    [InlineData("ListStateMachines", """{"maxResults":1001}""", "ValidationException")]
    [InlineData("SendTaskSuccess", """{"taskToken":"t","output":"{"}""", "InvalidOutput")]
    [InlineData("SendTaskSuccess", """{"taskToken":"","output":"{}"}""", "ValidationException")]
    [InlineData("SendTaskSuccess", """{"taskToken":"t"}""", "ValidationException")]
    [InlineData("SendTaskSuccess", """{"taskToken":"unknown","output":"{}"}""", "InvalidToken")]
    [InlineData("SendTaskFailure", """{"taskToken":"unknown"}""", "InvalidToken")]
    [InlineData("SendTaskHeartbeat", """{"taskToken":"unknown"}""", "InvalidToken")]
    [InlineData("SendTaskHeartbeat", """{"taskToken":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="}""", "TaskDoesNotExist")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","type":"EXPRES"}""", "ValidationException")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"r"}""", "InvalidArn")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","publish":true}""", "ValidationException")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","versionDescription":"v"}""", "ValidationException")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","tags":[{"key":"k","value":"v"}]}""", "ValidationException")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","loggingConfiguration":{"level":"ALL"}}""", "InvalidLoggingConfiguration")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","tracingConfiguration":{"enabled":true}}""", "InvalidTracingConfiguration")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{}","roleArn":"arn:aws:iam::0:role/r","encryptionConfiguration":{"type":"CUSTOMER_MANAGED_KMS_KEY"}}""", "InvalidEncryptionConfiguration")]
    [InlineData("CreateStateMachine", """{"name":1,"definition":"{}","roleArn":"arn:aws:iam::0:role/r"}""", "SerializationException")]
    [InlineData("UpdateStateMachine", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:none","roleArn":"arn:aws:iam::0:role/r"}""", "StateMachineDoesNotExist")]
    [InlineData("DescribeStateMachine", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there:1"}""", "StateMachineDoesNotExist")]
    [InlineData("DescribeStateMachine", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","includedData":"SOME"}""", "ValidationException")]
    [InlineData("DescribeStateMachineForExecution", """{"executionArn":"arn:aws:states:us-west-2:000000000000:execution:a:b"}""", "ExecutionDoesNotExist")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:execution:there:x"}""", "InvalidArn")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there/label"}""", "ValidationException")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","input":""}""", "InvalidExecutionInput")]
    [InlineData("DescribeExecution", """{"executionArn":"arn:aws:states:us-west-2:000000000000:stateMachine:a"}""", "InvalidArn")]
    [InlineData("ListExecutions", "{}", "ValidationException")]
    [InlineData("ListExecutions", """{"mapRunArn":"arn:aws:states:us-west-2:000000000000:mapRun:a/b:c"}""", "ResourceNotFound")]
    [InlineData("ListExecutions", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","statusFilter":"PENDING_REDRIVE"}""", "ValidationException")]
    [InlineData("ListExecutions", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","redriveFilter":"YES"}""", "ValidationException")]
    [InlineData("ListExecutions", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","nextToken":"nonsense"}""", "InvalidToken")]
    [InlineData("RedriveExecution", """{"executionArn":"arn:aws:states:us-west-2:000000000000:execution:a:b"}""", "ExecutionDoesNotExist")]
    [InlineData("ValidateStateMachineDefinition", """{"definition":"{}","maxResults":101}""", "ValidationException")]
    [InlineData("ValidateStateMachineDefinition", "{}", "ValidationException")]
    [InlineData("ListActivities", "{}", "UnknownOperationException")]
    public async Task A_wrong_request_is_refused_by_name(string operation, string body, string error)
    {
        _rig.Service.Create("there", Pass);

        var (status, answer) = await _http.CallAsync(_server.Address, $"AWSStepFunctions.{operation}", body, Cancellation);

        Assert.Equal(400, status);
        Assert.Equal(error, answer.GetProperty("__type").GetString());
    }

    [Theory]
    [InlineData("ListStateMachines", """{"maxResults":1001}""",
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000")]
    [InlineData("ListExecutions", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","statusFilter":"succeeded"}""",
        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"{\"StartAt\":\"A\"}","roleArn":"arn:aws:iam::0:role/r"}""",
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'")]
    [InlineData("UpdateStateMachine", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there"}""",
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn:aws:states:us-west-2:000000000000:stateMachine:there","input":""}""",
        "Invalid State Machine Execution Input: 'Invalid execution input.'")]
    [InlineData("DescribeExecution", """{"executionArn":"invalid_state_machine_arn"}""", "Invalid Arn: 'Invalid ARN prefix: invalid_state_machine_arn'")]
    [InlineData("SendTaskHeartbeat", """{"taskToken":"FakeTaskToken"}""", "Invalid Token: 'Invalid token'")]
    public async Task Refusals_have_the_words_that_were_recorded_from_the_service(string operation, string body, string message)
    {
        _rig.Service.Create("there", Pass);

        var (status, answer) = await _http.CallAsync(_server.Address, $"AWSStepFunctions.{operation}", body, Cancellation);

        Assert.Equal((400, message), (status, answer.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_definition_or_an_input_that_is_too_large_is_refused()
    {
        var machine = await CreateAsync("pass", Pass);
        await FailsAsync("ValidationException", "StartExecution", new() { ["stateMachineArn"] = machine, ["input"] = $"\"{new string('é', 131_072)}\"" });
        await OkAsync("StartExecution", new() { ["stateMachineArn"] = machine, ["input"] = $"\"{new string('é', 131_000)}\"" });
        await FailsAsync("ValidationException", "CreateStateMachine", new() { ["name"] = "large", ["definition"] = new string(' ', 1_048_577), ["roleArn"] = Role });
        await FailsAsync("ValidationException", "CreateStateMachine", new() { ["name"] = new string('n', 81), ["definition"] = Pass, ["roleArn"] = Role });
    }

    [Fact]
    public async Task An_update_that_changes_nothing_makes_no_revision()
    {
        var machine = await CreateAsync("m", Pass);
        var created = await OkAsync("DescribeStateMachine", new() { ["stateMachineArn"] = machine });
        Assert.False(created.TryGetProperty("revisionId", out _));

        var first = await OkAsync("UpdateStateMachine", new() { ["stateMachineArn"] = machine, ["roleArn"] = Role + "2" });
        var second = await OkAsync("UpdateStateMachine", new() { ["stateMachineArn"] = machine, ["definition"] = Pass });
        var described = await OkAsync("DescribeStateMachine", new() { ["stateMachineArn"] = machine });

        Assert.Equal(first.GetProperty("revisionId").GetString(), second.GetProperty("revisionId").GetString());
        Assert.Equal(first.GetProperty("revisionId").GetString(), described.GetProperty("revisionId").GetString());
    }

    [Fact]
    public async Task Data_can_be_left_out_of_descriptions_and_histories()
    {
        var machine = await CreateAsync("pass", Pass);
        var arn = (await OkAsync("StartExecution", new() { ["stateMachineArn"] = machine, ["input"] = """{"secret":1}""" })).GetProperty("executionArn").GetString()!;
        await _rig.Service.GetExecution(arn).Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        var described = await OkAsync("DescribeExecution", new() { ["executionArn"] = arn, ["includedData"] = "METADATA_ONLY" });
        var history = await OkAsync("GetExecutionHistory", new() { ["executionArn"] = arn, ["includeExecutionData"] = false });

        Assert.DoesNotContain("secret", described.GetRawText() + history.GetRawText(), StringComparison.Ordinal);
        Assert.False(described.GetProperty("inputDetails").GetProperty("included").GetBoolean());
    }

    [Fact]
    public async Task An_abort_follows_no_other_event()
    {
        var machine = _rig.Service.Create("wait", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}}""").Arn;
        var arn = _rig.Service.Start(machine).Arn;
        await OkAsync("StopExecution", new() { ["executionArn"] = arn });

        var aborted = (await HistoryAsync(arn, reverse: true, size: 1))[0];
        Assert.Equal(0, aborted.GetProperty("previousEventId").GetInt32());
        Assert.Equal("{}", aborted.GetProperty("executionAbortedEventDetails").GetRawText());
    }

    private static string Type(JsonElement historyEvent) => historyEvent.GetProperty("type").GetString()!;

    private async Task<string> CreateAsync(string name, string definition) =>
        (await OkAsync("CreateStateMachine", new() { ["name"] = name, ["definition"] = definition, ["roleArn"] = Role }))
        .GetProperty("stateMachineArn").GetString()!;

    private async Task<string> RunAsync(string machine)
    {
        var arn = (await OkAsync("StartExecution", new() { ["stateMachineArn"] = machine })).GetProperty("executionArn").GetString()!;
        await _rig.Service.GetExecution(arn).Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return arn;
    }

    private async Task<List<JsonElement>> HistoryAsync(string arn, bool reverse, int size)
    {
        var events = new List<JsonElement>();
        string? token = null;
        do
        {
            var page = await OkAsync("GetExecutionHistory",
                new() { ["executionArn"] = arn, ["reverseOrder"] = reverse, ["maxResults"] = size, ["nextToken"] = token });
            events.AddRange(page.GetProperty("events").EnumerateArray());
            token = page.TryGetProperty("nextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        return events;
    }

    private async Task<JsonElement> OkAsync(string operation, JsonObject input)
    {
        var (status, body) = await _http.CallAsync(_server.Address, $"AWSStepFunctions.{operation}", input.ToJsonString(), Cancellation);
        Assert.True(status == 200, body.GetRawText());
        return body;
    }

    private async Task FailsAsync(string error, string operation, JsonObject input)
    {
        var (status, body) = await _http.CallAsync(_server.Address, $"AWSStepFunctions.{operation}", input.ToJsonString(), Cancellation);
        Assert.Equal((400, error), (status, body.GetProperty("__type").GetString()));
    }
}
