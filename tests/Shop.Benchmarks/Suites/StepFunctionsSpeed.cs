using System.Collections.Frozen;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Benchmarks.Harness;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Benchmarks.Suites;

/// <summary>Step Functions through its HTTP API: clients that start an execution and ask for it until it has ended, then start the next.</summary>
internal static class StepFunctionsSpeed
{
    private const int AtATime = 8;
    private const int Executions = 400;
    private const int Length = 100;

    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bench-history-").FullName;
        try
        {
            var inMemory = await RateAsync(options, null, cancellationToken);
            var onDisk = await RateAsync(options, folder, cancellationToken);
            return
            [
                new Measurement("Step Functions API, 8 clients", "transitions/s", inMemory.Ours, [("calls answered with {}", inMemory.Floor)]),
                new Measurement("Step Functions API, 8 clients, kept on disk", "transitions/s", onDisk.Ours, [("calls answered with {}", onDisk.Floor)]),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Ours, and in turn the same two calls to a service that does nothing, as if each pair had been an execution.</summary>
    private static async Task<(Samples Ours, Samples Floor)> RateAsync(BenchOptions options, string? folder, CancellationToken cancellationToken)
    {
        var power = new RegionPower("us-west-2");
        await using var service = new StepFunctionsService(power, new StepFunctionsOptions { HistoryFolder = folder }, TimeProvider.System);
        var nothing = new AwsJsonApi("Nothing", "1.0", new Dictionary<string, AwsOperation> { ["Nothing"] = (_, _) => Task.FromResult(new JsonObject()) }.ToFrozenDictionary());
        await using var server = await AwsJsonServer.StartAsync(power, [new StepFunctionsApi(service).ToJsonApi(), nothing], cancellationToken: cancellationToken);
        using var http = new HttpClient { BaseAddress = server.Address };
        var machine = service.Create("chain", BenchMachines.ChoiceChain(Length - 2).Definition).Arn;
        var input = BenchMachines.ChoiceChain(Length - 2).Input;
        Samples ours = new(), floor = new();
        for (var round = -2; round < Math.Max(options.Runs, 20); round++)
        {
            var (_, perSecond) = await Clients.RunAsync(AtATime, Executions, (_, token) => RunAsync(http, machine, input, token), cancellationToken);
            var (_, pairs) = await Clients.RunAsync(AtATime, Executions, (_, token) => PairAsync(http, token), cancellationToken);
            if (round >= 0)
            {
                ours.Add(perSecond * Length);
                floor.Add(pairs * Length);
            }
        }

        return (ours, floor);
    }

    private static async Task RunAsync(HttpClient http, string machine, string input, CancellationToken cancellationToken)
    {
        var started = await CallAsync(http, "AWSStepFunctions.StartExecution", new JsonObject { ["stateMachineArn"] = machine, ["input"] = input }, cancellationToken);
        var arn = started.GetProperty("executionArn").GetString();
        var asked = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await CallAsync(http, "AWSStepFunctions.DescribeExecution", new JsonObject { ["executionArn"] = arn }, cancellationToken);
            switch (answer.GetProperty("status").GetString())
            {
                case "SUCCEEDED":
                    return;
                case "RUNNING" when Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(30):
                    break;
                default:
                    throw new BenchException($"The execution did not succeed: {answer}");
            }
        }
    }

    private static async Task PairAsync(HttpClient http, CancellationToken cancellationToken)
    {
        await CallAsync(http, "Nothing.Nothing", [], cancellationToken);
        await CallAsync(http, "Nothing.Nothing", [], cancellationToken);
    }

    private static async Task<JsonElement> CallAsync(HttpClient http, string target, JsonObject input, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(input.ToJsonString()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", target);
        using var response = await http.SendAsync(request, cancellationToken);
        var answer = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return response.IsSuccessStatusCode ? answer : throw new BenchException($"{target} answered {(int)response.StatusCode}: {answer}");
    }
}
