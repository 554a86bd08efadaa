using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Tests.StepFunctions;

/// <summary>A file that is only ever appended to is, after a SIGKILL, a beginning of itself. So each beginning is what a killed host may leave.</summary>
public sealed class WhenTheHostDies : IDisposable
{
    private const string FolderVariable = "HOST_TO_BE_KILLED_FOLDER";

    private const string Definition = """
        {"StartAt":"Plan","States":{
          "Plan":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"plan","Payload":{}},"ResultSelector":{"items.$":"$.Payload"},"Assign":{"planned.$":"$"},"Next":"HasItems"},
          "HasItems":{"Type":"Choice","Choices":[{"Variable":"$.items[0]","IsPresent":true,"Next":"Rest"}],"Default":"Nothing"},
          "Nothing":{"Type":"Fail","Error":"Shop.Nothing"},
          "Rest":{"Type":"Wait","Seconds":0,"Next":"Both"},
          "Both":{"Type":"Parallel","ResultPath":"$.both","Next":"Each","Branches":[
            {"StartAt":"Left","States":{
              "Left":{"Type":"Task","Resource":"arn:aws:lambda:us-west-2:000000000000:function:left","Parameters":{"side":"left"},"Next":"Left2"},
              "Left2":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"left2","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}},
            {"StartAt":"Right","States":{"Right":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{"StateMachineArn":"${Child}","Input":{"right":true}},"OutputPath":"$.Output","End":true}}}]},
          "Each":{"Type":"Map","ItemsPath":"$.items","ResultPath":"$.each","Next":"Broken","ItemProcessor":{"StartAt":"Item","States":{
            "Item":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"item","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}},
          "Broken":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"broken","Payload":{}},"Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":null,"Next":"Mend"}],"End":true},
          "Mend":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"mend","Payload":{"all.$":"$","planned.$":"$planned"}},"OutputPath":"$.Payload","End":true}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("host-dies-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task After_any_event_a_new_host_knows_the_execution_and_a_redrive_ends_it_without_repeating_what_is_done()
    {
        var (lines, whole) = await RunWholeAsync();
        Assert.True(lines.Length > 50, $"{lines.Length} lines");
        for (var written = 1; written < lines.Length; written++)
        {
            // The line that was being written when it died is cut in its middle.
            var folder = Leave(lines[..written], lines[written][..(lines[written].Length / 2)]);
            await using var next = new Host(folder);
            var execution = Assert.Single(next.Rig.Service.Executions, e => e.StateMachineName == "main");
            Assert.Equal((ExecutionStatus.Aborted, "Rehearsal.HostStopped"), (execution.Status, execution.Outcome.Error));
            Assert.Equal(HistoryEventType.ExecutionAborted, execution.Events[^1].Type);
            var done = Succeeded(execution.Events).ToList();

            next.Rig.Service.Redrive(execution.Arn);
            await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

            Assert.True(execution.Status == ExecutionStatus.Succeeded, $"after line {written}: {execution.Outcome}");
            Assert.True(JsonElement.DeepEquals(whole, JsonConversions.Parse(execution.Outcome.Output!)), $"after line {written}: {execution.Outcome.Output}");
            var repeated = next.Calls.Intersect(done).ToList();
            Assert.True(repeated.Count == 0, $"after line {written} again: {string.Join(", ", repeated)}");
        }
    }

    [Fact]
    public async Task A_host_after_that_knows_the_redrive_too()
    {
        var (lines, _) = await RunWholeAsync();
        var folder = Leave(lines[..20], lines[20][..9]);
        await using (var second = new Host(folder))
        {
            var redriven = second.Rig.Service.Executions.Single(e => e.StateMachineName == "main");
            second.Rig.Service.Redrive(redriven.Arn);
            await redriven.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        }

        await using var third = new Host(folder);
        var execution = third.Rig.Service.Executions.Single(e => e.StateMachineName == "main");
        Assert.Equal((ExecutionStatus.Succeeded, 1), (execution.Status, execution.RedriveCount));
        Assert.NotNull(execution.RedriveDate);
        Assert.Equal(Enumerable.Range(1, execution.EventCount).Select(i => (long)i), execution.Events.Select(e => e.Id));
        Assert.Equal("ExecutionAlreadyExists", Assert.Throws<AwsServiceException>(
            () => third.Rig.Service.Start(third.Main, execution.Name, execution.Input)).ErrorType);
    }

    [Fact]
    public async Task What_can_not_be_read_is_passed_over()
    {
        var (lines, _) = await RunWholeAsync();
        var folder = Leave(lines, "");
        File.WriteAllText(Path.Combine(folder, "main", "empty.jsonl"), "");
        File.WriteAllText(Path.Combine(folder, "main", "garbage.jsonl"), "{\"executionArn\":1}\nnonsense\n");
        File.WriteAllText(Path.Combine(folder, "main", "orphan.jsonl"), lines[0].Replace("\"revisionId\":\"", "\"revisionId\":\"0", StringComparison.Ordinal) + "\n");

        await using var next = new Host(folder);

        Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(next.Rig.Service.Executions, e => e.StateMachineName == "main").Status);
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_what_a_redrive_needs()
    {
        using var host = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(WhenTheHostDies).Assembly.Location, "--explicit", "on", "--filter-method", $"*{nameof(Host_to_be_killed)}" },
            Environment = { [FolderVariable] = _folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            await HangingAsync(Path.Combine(_folder, "main", "killed.jsonl"), host);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync(Cancellation);
        }

        await using var next = new Host(_folder);
        var execution = next.Rig.Service.Executions.Single(e => e.Name == "killed");
        Assert.Equal("Rehearsal.HostStopped", execution.Outcome.Error);
        var done = Succeeded(execution.Events).ToList();
        Assert.Contains(done, call => call.StartsWith("left2", StringComparison.Ordinal));
        next.Rig.Service.Redrive(execution.Arn);
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
        Assert.Empty(next.Calls.Intersect(done));
    }

    /// <summary>Not a test of its own: what <see cref="A_process_that_is_killed_leaves_what_a_redrive_needs"/> runs in a process of its own.</summary>
    [Fact(Explicit = true)]
    public async Task Host_to_be_killed()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(FolderVariable) is null, "Only for the process that is killed.");
        await using var host = new Host(Environment.GetEnvironmentVariable(FolderVariable)!) { HangsAt = "item \"y\"" };
        await host.Rig.Service.Start(host.Main, "killed").Completion.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    /// <summary>Until the second item hangs and the others are done.</summary>
    private static async Task HangingAsync(string file, Process host)
    {
        var started = Stopwatch.GetTimestamp();
        while (!File.Exists(file) || await ItemsDoneAsync(file) < 2)
        {
            Assert.True(!host.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "The host did not come as far as its second item.");
            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task<int> ItemsDoneAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(Cancellation);
        return text.Split("MapIterationSucceeded").Length - 1;
    }

    private async Task<(string[] Lines, JsonElement Output)> RunWholeAsync()
    {
        await using var host = new Host(_folder);
        var execution = host.Rig.Service.Start(host.Main, "one", """{"é":1}""");
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.True(execution.Status == ExecutionStatus.Succeeded, execution.Outcome.ToString());
        return (await File.ReadAllLinesAsync(Path.Combine(_folder, "main", "one.jsonl"), Cancellation), JsonConversions.Parse(execution.Outcome.Output!));
    }

    /// <summary>A folder as a killed host leaves it.</summary>
    private string Leave(string[] lines, string torn)
    {
        var folder = Path.Combine(_folder, Guid.CreateVersion7().ToString());
        Directory.CreateDirectory(Path.Combine(folder, "main"));
        foreach (var definition in Directory.GetFiles(Path.Combine(_folder, "main"), "*.definition.json"))
        {
            File.Copy(definition, Path.Combine(folder, "main", Path.GetFileName(definition)));
        }

        File.WriteAllText(Path.Combine(folder, "main", "one.jsonl"), string.Concat(lines.Select(line => line + "\n")) + torn);
        return folder;
    }

    /// <summary>The calls, in the form of <see cref="Host.Calls"/>, whose success is in the history.</summary>
    private static IEnumerable<string> Succeeded(IReadOnlyList<HistoryEvent> events)
    {
        var calls = new Dictionary<string, string>();
        foreach (var e in events)
        {
            switch (e.Details)
            {
                case TaskScheduledDetails { ResourceType: "lambda" } scheduled:
                    calls[e.Frame] = $"{scheduled.Parameters.GetProperty("FunctionName").GetString()} {scheduled.Parameters.GetProperty("Payload").GetRawText()}";
                    break;
                case TaskScheduledDetails scheduled:
                    calls[e.Frame] = $"child {scheduled.Parameters.GetProperty("Input").GetRawText()}";
                    break;
                case LambdaFunctionScheduledDetails scheduled:
                    calls[e.Frame] = $"{scheduled.Resource.Split(':')[^1]} {scheduled.Input.GetRawText()}";
                    break;
            }

            if (e.Type is HistoryEventType.TaskSucceeded or HistoryEventType.LambdaFunctionSucceeded)
            {
                yield return calls[e.Frame];
            }
        }
    }

    /// <summary>A service with functions that note how they were called.</summary>
    private sealed class Host : IAsyncDisposable
    {
        private readonly List<string> _calls = [];

        public Host(string folder)
        {
            Rig = new(historyFolder: folder) { Function = CallAsync };
            var child = Rig.Service.Create("child", """
                {"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"child","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}
                """).Arn;
            Main = Rig.Service.Create("main", Definition.Replace("${Child}", child, StringComparison.Ordinal)).Arn;
        }

        public StepFunctionsRig Rig { get; }

        public string Main { get; }

        public string? HangsAt { get; init; }

        public IReadOnlyList<string> Calls
        {
            get
            {
                lock (_calls)
                {
                    return [.. _calls];
                }
            }
        }

        public ValueTask DisposeAsync() => Rig.DisposeAsync();

        private async Task<FunctionAnswer> CallAsync(string function, JsonElement payload, CancellationToken cancellationToken)
        {
            var name = function.Split(':')[^1];
            var call = $"{name} {payload.GetRawText()}";
            lock (_calls)
            {
                _calls.Add(call);
            }

            if (call == HangsAt)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return name switch
            {
                "plan" => new("""["x","y","z"]"""u8.ToArray(), IsError: false),
                "broken" => new("""{"errorType":"Shop.Broken","errorMessage":"as ever"}"""u8.ToArray(), IsError: true),
                _ => new(Encoding.UTF8.GetBytes(payload.GetRawText()), IsError: false),
            };
        }
    }
}
