using System.Diagnostics;
using System.Text.Json;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Benchmarks.Harness;

namespace Shop.Benchmarks.Suites;

/// <summary>State transitions of the interpreter in process, one execution at a time, each event handed to a sink that counts.</summary>
internal static class InterpreterSpeed
{
    private const int Warmup = 30;
    private static readonly TimeSpan LeastRound = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var rounds = Math.Max(options.Runs, 20);
        var floor = ("events alone", await RateAsync(rounds, 2_000, () => EventsAloneAsync(1_000), perExecution: 1_000, cancellationToken));
        return
        [
            await ChainAsync("Pass chain", BenchMachines.PassChain(1_000), floor),
            await ChainAsync("Pass and Choice chain", BenchMachines.ChoiceChain(1_000), floor),
            await ChainAsync("counting with MathAdd and ResultPath", BenchMachines.Counter(1_000), floor),
            await ChainAsync("Task chain, answered at once", BenchMachines.TaskChain(1_000), floor),
            await ChainAsync("Task chain with shaped data", BenchMachines.ShapedTaskChain(1_000), floor),
            await ChainAsync("Task chain, each failure caught", BenchMachines.CaughtTaskChain(500), floor),
            await ForkAsync("Map of 1,000 Pass items", BenchMachines.MapOfPass(1_000)),
            await ForkAsync("Parallel of 10 Pass branches", BenchMachines.ParallelOfPass(10)),
        ];

        async Task<Measurement> ChainAsync(string name, BenchMachine machine, (string, Samples) events) => new(
            $"interpreter, {name}", "transitions/s",
            await RateAsync(rounds, Warmup, Execution(machine), machine.Transitions, cancellationToken), [events]);

        async Task<Measurement> ForkAsync(string name, BenchMachine machine)
        {
            var perSecond = await RateAsync(rounds, Warmup * 10, Execution(machine), 1, cancellationToken);
            var milliseconds = new Samples();
            milliseconds.AddAll(perSecond.All.Select(rate => 1_000 / rate));
            return new($"interpreter, {name}", "ms", milliseconds, []);
        }
    }

    /// <summary>How many a second, of rounds long enough for the clock.</summary>
    private static async Task<Samples> RateAsync(int rounds, int warmup, Func<Task> run, int perExecution, CancellationToken cancellationToken)
    {
        for (var i = 0; i < warmup; i++)
        {
            await run();
        }

        var rates = new Samples();
        for (var round = 0; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (started, executions) = (Stopwatch.GetTimestamp(), 0);
            do
            {
                await run();
                executions++;
            }
            while (Stopwatch.GetElapsedTime(started) < LeastRound);

            rates.Add(executions * (double)perExecution / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return rates;
    }

    private static Func<Task> Execution(BenchMachine source)
    {
        var (machine, input) = (source.Parse(), source.ParseInput());
        return async () =>
        {
            var sink = new CountingSink();
            var options = new ExecutionOptions { Tasks = new Echo(), History = sink, ExecutionArn = "arn:aws:states:us-west-2:000000000000:execution:bench:run" };
            var result = await Interpreter.RunAsync(machine, input, options, CancellationToken.None);
            if (result.Status != ExecutionStatus.Succeeded || sink.Events < 2 * (source.Transitions - 1))
            {
                throw new BenchException($"The execution ended {result.Status} {result.Error} {result.Cause} after {sink.Events} events.");
            }
        };
    }

    /// <summary>The least that a transition can cost: its two events, made, timed and counted.</summary>
    private static Task EventsAloneAsync(int transitions)
    {
        var sink = new CountingSink();
        var data = JsonElement.Parse("{}");
        for (var i = 0; i < transitions; i++)
        {
            sink.Append(new HistoryEvent(i, i, TimeProvider.System.GetUtcNow(), HistoryEventType.PassStateEntered, new StateEnteredDetails("S", data)));
            sink.Append(new HistoryEvent(i, i, TimeProvider.System.GetUtcNow(), HistoryEventType.PassStateExited, new StateExitedDetails("S", data, null)));
        }

        return sink.Events == 2 * transitions ? Task.CompletedTask : throw new BenchException("The sink lost events.");
    }

    private sealed class CountingSink : IExecutionHistory
    {
        public int Events { get; private set; }

        public void Append(HistoryEvent historyEvent) => Events++;
    }

    private sealed class Echo : ITaskInvoker
    {
        public Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken) =>
            task.Resource.EndsWith(":fail", StringComparison.Ordinal)
                ? Task.FromException<JsonElement>(new TaskFailureException("Bench.Failed", "as asked"))
                : Task.FromResult(task.Input);
    }
}
