using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.S3;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class WhenItemsAreReadFromS3 : IAsyncLifetime
{
    private const string Definition = """
        {"StartAt":"Compare","States":{"Compare":{"Type":"Map","MaxConcurrency":8,
          "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},"Parameters":{"Bucket":"plans","Key.$":"$.key"}},
          "ItemBatcher":{"MaxItemsPerBatch":100},"ToleratedFailurePercentage":2,
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Chunk","States":{
            "Chunk":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"compare","Payload.$":"$.Items"},
              "ResultSelector":{"rows.$":"$.Payload"},"End":true}}},
          "Catch":[{"ErrorEquals":["States.ItemReaderFailed"],"ResultPath":"$.error","Next":"NoPlan"}],"End":true},
         "NoPlan":{"Type":"Pass","OutputPath":"$.error","End":true}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("items-").FullName;
    private readonly StepFunctionsRig _rig = new();
    private readonly HttpClient _http = new();
    private S3Server _s3 = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _s3 = await S3Server.StartAsync(_folder, cancellationToken: Cancellation);
        _rig.Service.Tasks.Add("s3", new S3ObjectIntegration(_http, _s3.Address));
        Directory.CreateDirectory(Path.Combine(_folder, "plans", "run 1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _s3.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Ten_thousand_rows_are_worked_off_in_batches_and_a_few_may_fail()
    {
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, "plans", "run 1", "chunks.csv"), ["table,from", .. Enumerable.Range(0, 10_000).Select(i => $"orders,{i}")], Cancellation);
        var calls = 0;
        _rig.Function = (_, payload, _) =>
        {
            var isBroken = Interlocked.Increment(ref calls) == 50;
            return Task.FromResult(new FunctionAnswer(System.Text.Encoding.UTF8.GetBytes(isBroken ? "{}" : $"{payload.GetArrayLength()}"), isBroken));
        };

        var execution = await RunAsync("""{"key":"run 1/chunks.csv"}""");

        Assert.True(execution.Status == ExecutionStatus.Succeeded, $"{execution.Outcome}");
        Assert.Equal(100, calls);
        Assert.Equal(9_900, JsonNode.Parse(execution.Outcome.Output!)!.AsArray().Sum(batch => (int)batch!["rows"]!));
        Assert.Equal(
            ["ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapRunStarted", "MapRunSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded"],
            execution.Events.Select(e => e.Type.ToString()));
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_a_failure_of_the_reader()
    {
        var execution = await RunAsync("""{"key":"none.csv"}""");

        Assert.Equal("States.ItemReaderFailed", (string?)JsonNode.Parse(execution.Outcome.Output!)!["Error"]);
    }

    private async Task<Shop.Rehearsal.StepFunctions.Execution> RunAsync(string input)
    {
        var execution = _rig.Service.Start(_rig.Service.Create("compare", Definition).Arn, null, input);
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return execution;
    }
}
