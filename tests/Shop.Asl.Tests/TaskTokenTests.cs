using System.Text.Json;

namespace Shop.Asl.Tests;

public sealed class TaskTokenTests
{
    private const string States = """
        {"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","TimeoutSeconds":600,"HeartbeatSeconds":60,
          "Parameters":{"Token.$":"$$.Task.Token"},"Retry":[{"ErrorEquals":["Again"],"IntervalSeconds":1}],
          "Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"ResultPath":"$.heartbeat","Next":"B"},
                   {"ErrorEquals":["States.Timeout"],"ResultPath":"$.timeout","Next":"B"}],"Next":"B"},
         "B":{"Type":"Pass","End":true}}
        """;

    private readonly Machine _machine = Machine.Of(States);

    [Fact]
    public void Task_waits_for_its_token()
    {
        _machine.Tasks.On("A", task =>
        {
            Assert.Equal(task.TaskToken, task.Input.GetProperty("Token").GetString());
            _machine.Time.After(TimeSpan.FromSeconds(30), () => Assert.True(_machine.Tokens.Succeed(task.TaskToken!, JsonElement.Parse("""{"approved":true}"""))));
            return """{"MessageId":"m"}""";
        });

        var result = _machine.Run();

        Assert.Equal("""{"approved":true}""", result.Output!.Value.GetRawText());
        Assert.Equal(30, _machine.Time.Elapsed.TotalSeconds);
        Assert.Equal(["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"], _machine.History.Types.Skip(2).Take(4));
        Assert.False(_machine.Tokens.Succeed(_machine.Tasks.Calls[0].TaskToken!, JsonElement.Parse("1")));
    }

    [Fact]
    public void Answer_that_comes_before_the_call_returns_is_not_lost()
    {
        _machine.Tasks.On("A", task =>
        {
            Assert.True(_machine.Tokens.Succeed(task.TaskToken!, JsonElement.Parse("1")));
            return "{}";
        });

        Assert.Equal("1", _machine.Run().Output!.Value.GetRawText());
    }

    [Fact]
    public void Failed_token_is_a_task_failure_and_each_attempt_has_its_own_token()
    {
        _machine.Tasks.On("A", task =>
        {
            _machine.Time.After(TimeSpan.FromSeconds(1), () => Assert.True(_machine.Tokens.Fail(task.TaskToken!, "Again", "not now")));
            return "{}";
        });

        var result = _machine.Run();

        Assert.Equal(("Again", "not now"), (result.Error, result.Cause));
        Assert.Equal(4, _machine.Tasks.Calls.Select(call => call.TaskToken).Distinct().Count());
    }

    [Fact]
    public void Heartbeats_keep_the_task_alive_until_one_is_missed()
    {
        _machine.Tasks.On("A", task =>
        {
            for (var second = 50; second <= 150; second += 50)
            {
                _machine.Time.After(TimeSpan.FromSeconds(second), () => Assert.True(_machine.Tokens.Heartbeat(task.TaskToken!)));
            }

            return "{}";
        });

        var result = _machine.Run();

        Assert.Equal("States.Timeout", result.Output!.Value.GetProperty("heartbeat").GetProperty("Error").GetString());
        Assert.Equal(150 + 60, _machine.Time.Elapsed.TotalSeconds);
        Assert.False(_machine.Tokens.Heartbeat(_machine.Tasks.Calls[0].TaskToken!));
    }

    [Fact]
    public void Heartbeats_do_not_stretch_the_timeout()
    {
        _machine.Tasks.On("A", task =>
        {
            for (var second = 10; second < 700; second += 10)
            {
                _machine.Time.After(TimeSpan.FromSeconds(second), () => _machine.Tokens.Heartbeat(task.TaskToken!));
            }

            return "{}";
        });

        var result = _machine.Run();

        Assert.True(result.Output!.Value.TryGetProperty("timeout", out _));
        Assert.Equal(600, _machine.Time.Elapsed.TotalSeconds);
    }

    [Fact]
    public void Unknown_tokens_are_unknown()
    {
        Assert.False(_machine.Tokens.Succeed("x", default));
        Assert.False(_machine.Tokens.Fail("x", null, null));
        Assert.False(_machine.Tokens.Heartbeat("x"));
    }

    [Fact]
    public void Executions_with_the_same_seed_have_different_tokens()
    {
        var other = Machine.Of(States);
        other.Options = other.Options with { ExecutionArn = "arn:aws:states:us-west-2:000000000000:execution:machine:other" };
        foreach (var machine in new[] { _machine, other })
        {
            machine.Tasks.Fail("A", "E");
            machine.Run();
        }

        Assert.NotEqual(_machine.Tasks.Calls[0].TaskToken, other.Tasks.Calls[0].TaskToken);
    }
}
