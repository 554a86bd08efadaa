using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.History;
using Shop.Asl.Paths;

namespace Shop.Asl.States;

/// <summary>Runs the same states for each item of an array; the result is the array of their outputs.</summary>
internal class MapState : ForkState
{
    public required StateBlock Processor { get; init; }

    public JsonPath? ItemsPath { get; init; }

    public Expression? MaxConcurrency { get; init; }

    public FailureTolerance? Tolerance { get; init; }

    public override HistoryEventType EnteredEvent => HistoryEventType.MapStateEntered;

    public override HistoryEventType? ExitedEvent => HistoryEventType.MapStateExited;

    public override HistoryEventType? AbortedEvent => HistoryEventType.MapStateAborted;

    protected override HistoryEventType SucceededEvent => HistoryEventType.MapStateSucceeded;

    protected override HistoryEventType FailedEvent => HistoryEventType.MapStateFailed;

    protected override ValueTask<Outcome> AttemptAsync(Frame frame, JsonElement input)
    {
        var scope = new Scope(input, frame.Context);
        var iterations = new Iterations(this, input, Items(scope), Tolerance?.Evaluate(scope) ?? default);
        var concurrency = Concurrency(scope, iterations.Count);
        frame.Append(HistoryEventType.MapStateStarted, new MapStateStartedDetails(iterations.Count));
        return RunAsync(frame, iterations.Count, work =>
        {
            var workers = new Task[concurrency];
            for (var i = 0; i < concurrency; i++)
            {
                workers[i] = iterations.WorkAsync(work);
            }

            return Task.WhenAll(workers);
        });
    }

    /// <summary>How many run at the same time if the definition doesn't say less.</summary>
    protected virtual int MostAtATime => Limits.MapConcurrency;

    protected override void AppendAborted(Run run, string frame, int index, long failedEventId)
        => run.Journal.AppendLast(frame, failedEventId, HistoryEventType.MapIterationAborted, new MapIterationDetails(Name, index));

    protected JsonElement Items(in Scope scope)
    {
        var items = scope.Document;
        if (ItemsPath is not null && !ItemsPath.TryEvaluate(scope, out items))
        {
            throw StatesException.Runtime($"Invalid path '{ItemsPath}': No results for path: {ItemsPath}");
        }

        return items.ValueKind == JsonValueKind.Array
            ? items
            : throw StatesException.Runtime($"Reference path \"{ItemsPath?.Text ?? "$"}\" must point to array.");
    }

    protected int Concurrency(in Scope scope, int count)
    {
        var limit = MostAtATime;
        if (MaxConcurrency is not null)
        {
            var value = MaxConcurrency.Evaluate(scope, "MaxConcurrencyPath");
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < 0)
            {
                throw StatesException.Runtime($"The MaxConcurrencyPath parameter does not reference a valid number: {MaxConcurrency} == {value.GetRawText()}");
            }

            limit = number == 0 ? limit : Math.Min(number, limit);
        }

        return Math.Min(limit, count);
    }

    /// <summary>The iterations of one attempt, taken one after the other by as many workers as may run at the same time.</summary>
    private sealed class Iterations(MapState map, JsonElement input, JsonElement items, (int? Count, double? Percentage) tolerance)
    {
        private readonly JsonElement[] _items = [.. items.EnumerateArray()];
        private int _next = -1;
        private int _failed;

        public int Count => _items.Length;

        public async Task WorkAsync(Work work)
        {
            while (!work.Token.IsCancellationRequested)
            {
                var index = Interlocked.Increment(ref _next);
                if (index >= _items.Length)
                {
                    return;
                }

                if (!work.Fork.IsDone(index))
                {
                    await RunAsync(work, index);
                }
            }
        }

        private async ValueTask RunAsync(Work work, int index)
        {
            var details = new MapIterationDetails(map.Name, index);
            var iteration = work.Open(index, new MapItem(index, _items[index]), work.StartedEventId);
            try
            {
                iteration.Append(HistoryEventType.MapIterationStarted, details);
                var output = await iteration.RunAsync(map.Processor, ItemInput(work, index), work.Fork.Pending(index));
                iteration.Append(HistoryEventType.MapIterationSucceeded, details);
                work.Complete(index, output, iteration.LastEventId);
            }
            catch (StatesException failure)
            {
                var failedId = failure.EventId == 0 ? iteration.LastEventId : failure.EventId;
                var eventId = work.Frame.Run.Journal.AppendLast(iteration.Path, failedId, HistoryEventType.MapIterationFailed, details);
                Fail(work, failure, failedId, eventId);
            }
            catch (OperationCanceledException) when (work.Token.IsCancellationRequested)
            {
                // Whoever ended it writes that down.
            }
        }

        private JsonElement ItemInput(Work work, int index)
        {
            if (map.Parameters is null)
            {
                return _items[index];
            }

            var context = work.Frame.Context.With(new MapItem(index, _items[index]));
            return map.Parameters.Evaluate(new Scope(input, context));
        }

        private void Fail(Work work, StatesException failure, long failedId, long eventId)
        {
            var failed = Interlocked.Increment(ref _failed);
            if (tolerance is (null, null))
            {
                work.Fail(failure, failedId);
            }
            else if (failed > tolerance.Count || failed * 100.0 / _items.Length > tolerance.Percentage)
            {
                work.Fail(new StatesException(ErrorNames.ExceedToleratedFailureThreshold, "The specified tolerated failure threshold was exceeded"), failedId);
            }
            else
            {
                work.Frame.LastEventId = eventId;
            }
        }
    }
}
