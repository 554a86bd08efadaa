using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>A Map of Mode DISTRIBUTED: each item, or batch of items, is run like an execution of its own, outside of the history of this one.</summary>
/// <remarks>
/// The children are evaluated in place: they have a context object and limits of their own, but no history that could be asked for, and there is no
/// Map Run to describe. A redrive after a crash runs all of them again, because the history doesn't tell which had succeeded.
/// </remarks>
internal sealed class DistributedMapState : MapState
{
    public string? Label { get; init; }

    public ItemReader? Reader { get; init; }

    public ItemBatcher? Batcher { get; init; }

    protected override int MostAtATime => Limits.DistributedConcurrency;

    protected override async ValueTask<Outcome> AttemptAsync(Frame frame, JsonElement input)
    {
        var items = Reader is null ? Items(new Scope(input, frame.Context)) : Json.EmptyArray;
        frame.Append(HistoryEventType.MapStateStarted, new MapStateStartedDetails(items.GetArrayLength()));
        if (Reader is not null)
        {
            var read = await Reader.ReadAsync(frame, Name, input);
            if (read.Failure is not null)
            {
                frame.Append(HistoryEventType.MapStateFailed);
                return read;
            }

            items = read.Value;
        }

        var children = Children(frame, input, items);
        var scope = new Scope(input, frame.Context);
        var run = new MapRun(this, children, Tolerance?.Evaluate(scope) ?? (0, null));
        frame.Append(HistoryEventType.MapRunStarted, new MapRunStartedDetails(run.Arn(frame)));
        return await RunAsync(frame, children.Count, work => run.RunAllAsync(work, Concurrency(new Scope(input, work.Frame.Context), children.Count)));
    }

    protected override void AppendEnd(Frame frame, StatesException? failure)
    {
        if (failure is null)
        {
            frame.Append(HistoryEventType.MapRunSucceeded);
        }
        else
        {
            frame.Append(HistoryEventType.MapRunFailed, new FailureDetails(failure.Error, failure.Cause));
        }
    }

    private List<(JsonElement Input, int Items)> Children(Frame frame, JsonElement input, JsonElement items)
    {
        var inputs = items.EnumerateArray().Select((item, index) => Parameters is null
            ? item
            : Parameters.Evaluate(new Scope(input, frame.Context.With(new MapItem(index, item)))));
        return Batcher is null ? [.. inputs.Select(child => (child, 1))] : Batcher.Batch(inputs, new Scope(input, frame.Context));
    }

    /// <summary>The children of one attempt.</summary>
    private sealed class MapRun(DistributedMapState map, List<(JsonElement Input, int Items)> children, (int? Count, double? Percentage) tolerance)
    {
        private readonly int _items = children.Sum(child => child.Items);
        private int _next = -1;
        private int _failed;

        public string Arn(Frame frame) => $"{frame.Run.Options.StateMachineArn.Replace(":stateMachine:", ":mapRun:", StringComparison.Ordinal)}/{Name}:{frame.Run.Random.NextName()}";

        private string Name => map.Label ?? map.Name;

        public Task RunAllAsync(Work work, int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(work)));

        private async Task WorkAsync(Work work)
        {
            for (var index = Interlocked.Increment(ref _next); index < children.Count && !work.Token.IsCancellationRequested; index = Interlocked.Increment(ref _next))
            {
                if (!work.Fork.IsDone(index))
                {
                    await RunAsync(work, index);
                }
            }
        }

        private async ValueTask RunAsync(Work work, int index)
        {
            var (input, items) = children[index];
            var child = new Frame(new Run(input, Options(work.Frame.Run)), "", null, null, previousEventId: 0, work.Token);
            try
            {
                var output = await child.RunAsync(map.Processor, input);
                work.Complete(index, output, work.Frame.LastEventId);
            }
            catch (StatesException failure)
            {
                var failed = Interlocked.Add(ref _failed, items);
                if (failed > tolerance.Count || failed * 100.0 / _items > tolerance.Percentage)
                {
                    work.Fail(
                        new StatesException(ErrorNames.ExceedToleratedFailureThreshold, $"The specified tolerated failure threshold was exceeded. The last failure: {failure.Message}"),
                        work.Frame.LastEventId);
                }
            }
            catch (OperationCanceledException) when (work.Token.IsCancellationRequested)
            {
                // Whoever ended it writes that down.
            }
        }

        private ExecutionOptions Options(Run run)
        {
            var name = run.Random.NextName();
            var machine = $"{run.Options.StateMachineArn}/{Name}";
            return run.Options with
            {
                History = null,
                ExecutionArn = $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}",
                ExecutionName = name,
                StateMachineArn = machine,
                StartTime = null,
                RedriveCount = 0,
                Resume = null,
                LastEventId = 0,
            };
        }
    }
}
