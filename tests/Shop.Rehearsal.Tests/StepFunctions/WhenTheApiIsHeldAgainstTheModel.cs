using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl.History;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Tests.StepFunctions;

/// <summary>Names, types, limits and values of the operations against the model that the AWS CLI is made from.</summary>
public sealed class WhenTheApiIsHeldAgainstTheModel : IAsyncLifetime
{
    private readonly StepFunctionsRig _rig = new();
    private StepFunctionsApi _api = null!;
    private JsonElement _model;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var model = await BotocoreModel.GetAsync();
        Assert.SkipWhen(model is null, "This machine has no Python with botocore: the API is not held against the service's model here.");
        _model = model.Value;
        _api = new StepFunctionsApi(_rig.Service);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void Inputs_have_the_members_limits_and_values_of_the_model()
    {
        foreach (var (operation, members) in RequestShapes.ByOperation)
        {
            var shape = _model.Shape(operation, "input");
            var modelled = shape.GetProperty("members");
            Assert.Equal(modelled.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal), members.Select(m => m.Name).Order(StringComparer.Ordinal));
            Assert.Equal(shape.Required().Order(StringComparer.Ordinal), members.Where(m => m.IsRequired).Select(m => m.Name).Order(StringComparer.Ordinal));
            foreach (var member in members)
            {
                var type = _model.Shape(modelled.GetProperty(member.Name).GetProperty("shape").GetString()!);
                Assert.Equal($"{operation}.{member.Name}: {Describe(type)}", $"{operation}.{member.Name}: {Describe(member)}");
            }
        }
    }

    [Fact]
    public void Errors_are_those_of_the_model()
    {
        // What each operation can answer here; the rest of the model's errors are of features that don't exist here.
        var shapes = _model.GetProperty("shapes");
        foreach (var error in (string[])
        [
            "InvalidName", "InvalidArn", "InvalidDefinition", "InvalidExecutionInput", "InvalidOutput", "InvalidToken", "StateMachineAlreadyExists", "StateMachineDoesNotExist",
            "StateMachineTypeNotSupported", "ExecutionAlreadyExists", "ExecutionDoesNotExist", "ExecutionNotRedrivable", "ExecutionLimitExceeded", "MissingRequiredParameter",
            "TaskTimedOut", "TaskDoesNotExist", "ResourceNotFound", "ValidationException", "InvalidLoggingConfiguration", "InvalidTracingConfiguration", "InvalidEncryptionConfiguration",
        ])
        {
            Assert.True(shapes.TryGetProperty(error, out var shape) && shape.GetProperty("exception").GetBoolean(), error);
        }
    }

    [Fact]
    public void Event_types_are_those_of_the_model()
    {
        var types = _model.Shape("HistoryEventType").GetProperty("enum").EnumerateArray().Select(type => type.GetString()!).ToHashSet();

        Assert.Empty(Enum.GetNames<HistoryEventType>().Except(types));
    }

    [Fact]
    public async Task Answers_have_the_members_of_the_model_and_nothing_else()
    {
        var token = new TaskCompletionSource<string>();
        _rig.Function = (name, payload, _) =>
        {
            token.TrySetResult(payload.ValueKind == JsonValueKind.String ? payload.GetString()! : "");
            return Task.FromResult(new FunctionAnswer("{}"u8.ToArray(), IsError: name.EndsWith("bad", StringComparison.Ordinal)));
        };
        await CallAsync("CreateStateMachine", new() { ["name"] = "m", ["definition"] = Everything, ["roleArn"] = "arn:aws:iam::000000000000:role/r" });
        var machine = StepFunctionsArn.StateMachine("us-west-2", "m");
        await CallAsync("UpdateStateMachine", new() { ["stateMachineArn"] = machine, ["roleArn"] = "arn:aws:iam::000000000000:role/s" });
        await CallAsync("DescribeStateMachine", new() { ["stateMachineArn"] = machine });
        await CallAsync("ListStateMachines", []);
        await CallAsync("ValidateStateMachineDefinition", new() { ["definition"] = "{}" });
        var arn = (string?)(await CallAsync("StartExecution", new() { ["stateMachineArn"] = machine, ["input"] = "[1,2]" }))["executionArn"];
        var taskToken = await token.Task.WaitAsync(Cancellation);
        await CallAsync("SendTaskHeartbeat", new() { ["taskToken"] = taskToken });
        await CallAsync("SendTaskSuccess", new() { ["taskToken"] = taskToken, ["output"] = "{}" });
        await _rig.Service.GetExecution(arn!).Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await CallAsync("DescribeExecution", new() { ["executionArn"] = arn });
        await CallAsync("DescribeStateMachineForExecution", new() { ["executionArn"] = arn });
        await CallAsync("RedriveExecution", new() { ["executionArn"] = arn });
        await CallAsync("StopExecution", new() { ["executionArn"] = arn });
        await CallAsync("DescribeExecution", new() { ["executionArn"] = arn });
        await CallAsync("ListExecutions", new() { ["stateMachineArn"] = machine, ["maxResults"] = 1 });
        var history = await CallAsync("GetExecutionHistory", new() { ["executionArn"] = arn });
        await CallAsync("GetExecutionHistory", new() { ["executionArn"] = arn, ["includeExecutionData"] = false, ["maxResults"] = 3 });
        await CallAsync("DeleteStateMachine", new() { ["stateMachineArn"] = machine });

        var types = history["events"]!.AsArray().Select(e => (string)e!["type"]!).ToHashSet();
        Assert.Superset(new HashSet<string> { "TaskSubmitted", "TaskFailed", "MapIterationFailed", "LambdaFunctionFailed", "ExecutionRedriven" }, types);
    }

    private const string Everything = """
        {"StartAt":"P","States":{
          "P":{"Type":"Pass","Assign":{"v":1},"Next":"Ask"},
          "Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","HeartbeatSeconds":60,"TimeoutSeconds":90,
            "Parameters":{"FunctionName":"f","Payload.$":"$$.Task.Token"},"ResultPath":null,"Next":"Plain"},
          "Plain":{"Type":"Task","Resource":"arn:aws:lambda:us-west-2:000000000000:function:bad","TimeoutSeconds":9,"ResultPath":null,
            "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":null,"Next":"Both"}],"Next":"Both"},
          "Both":{"Type":"Parallel","ResultPath":null,"Next":"Each","Branches":[{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":0,"Next":"S"},"S":{"Type":"Succeed"}}}]},
          "Each":{"Type":"Map","ItemProcessor":{"StartAt":"Bad","States":{"Bad":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"bad","Payload":{}},"End":true}}},"End":true}}}
        """;

    private async Task<JsonObject> CallAsync(string operation, JsonObject input)
    {
        var answer = await _api.Operations[operation](input.ToElement(), Cancellation);
        var output = _model.GetProperty("operations").GetProperty(operation).GetProperty("output").GetProperty("shape").GetString()!;
        Conform(answer.ToElement(), _model.Shape(output), operation);
        return answer;
    }

    private void Conform(JsonElement value, JsonElement shape, string at)
    {
        switch (shape.GetProperty("type").GetString())
        {
            case "structure":
                var members = shape.GetProperty("members");
                foreach (var property in value.EnumerateObject())
                {
                    Assert.True(members.TryGetProperty(property.Name, out var member), $"{at} answers '{property.Name}', which the model doesn't have");
                    Conform(property.Value, _model.Shape(member.GetProperty("shape").GetString()!), $"{at}.{property.Name}");
                }

                Assert.All(shape.Required(), name => Assert.True(value.TryGetProperty(name, out _), $"{at} misses '{name}'"));
                break;
            case "list":
                var item = _model.Shape(shape.GetProperty("member").GetProperty("shape").GetString()!);
                Assert.All(value.EnumerateArray(), element => Conform(element, item, $"{at}[]"));
                break;
            case "map":
                var entry = _model.Shape(shape.GetProperty("value").GetProperty("shape").GetString()!);
                Assert.All(value.EnumerateObject(), property => Conform(property.Value, entry, $"{at}.*"));
                break;
            case "string":
                Assert.True(value.ValueKind == JsonValueKind.String, $"{at} is {value}");
                if (shape.TryGetProperty("enum", out var values))
                {
                    Assert.Contains(value.GetString(), values.EnumerateArray().Select(v => v.GetString()));
                }

                break;
            case "boolean":
                Assert.True(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"{at} is {value}");
                break;
            default:
                Assert.True(value.ValueKind == JsonValueKind.Number, $"{at} is {value}");
                break;
        }
    }

    private static string Describe(JsonElement type) => type.GetProperty("type").GetString() switch
    {
        "string" when type.TryGetProperty("enum", out var values) => $"one of {string.Join(",", values.EnumerateArray().Select(v => v.GetString()).Order(StringComparer.Ordinal))}",
        "string" => $"text {Limit(type, "min", 0)}-{Limit(type, "max", int.MaxValue)}",
        "integer" => $"number {Limit(type, "min", 0)}-{Limit(type, "max", int.MaxValue)}",
        var other => other!,
    };

    private static string Describe(RequestMember member) => member.Type switch
    {
        RequestMemberType.Text when member.Values.Count > 0 => $"one of {string.Join(",", member.Values.Order(StringComparer.Ordinal))}",
        RequestMemberType.Text => $"text {member.Minimum}-{member.Maximum}",
        RequestMemberType.Number => $"number {member.Minimum}-{member.Maximum}",
        RequestMemberType.Flag => "boolean",
        RequestMemberType.List => "list",
        _ => "structure",
    };

    private static int Limit(JsonElement type, string name, int otherwise) => type.TryGetProperty(name, out var limit) ? limit.GetInt32() : otherwise;
}
