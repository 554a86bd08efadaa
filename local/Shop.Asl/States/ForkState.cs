using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>What Parallel and Map have in common: several blocks run at the same time, and the first failure that counts ends them all.</summary>
internal abstract class ForkState : WorkState
{
    /// <summary>The state of one attempt.</summary>
    protected sealed class Work(Frame frame, Fork fork, CancellationTokenSource cancellation)
    {
        private readonly Lock _lock = new();

        public Frame Frame { get; } = frame;

        public Fork Fork { get; } = fork;

        public long StartedEventId { get; } = frame.LastEventId;

        public StatesException? Failure { get; private set; }

        public CancellationToken Token => cancellation.Token;

        public long FailedEventId { get; private set; }

        public Frame Open(int index, MapItem? item, long previousEventId)
        {
            var child = new Frame(Frame.Run, $"{Frame.Path}/{index}", Frame.Context.Variables, item, previousEventId, Token);
            Fork.Begin(index, child);
            return child;
        }

        /// <summary>The next event of the state follows this one.</summary>
        public void Complete(int index, JsonElement output, long lastEventId)
        {
            Fork.Complete(index, output);
            Frame.LastEventId = lastEventId;
        }

        public void Fail(StatesException failure, long eventId)
        {
            lock (_lock)
            {
                if (Failure is not null)
                {
                    return;
                }

                Failure = failure;
                FailedEventId = eventId;
            }

            cancellation.Cancel();
        }
    }

    protected abstract HistoryEventType SucceededEvent { get; }

    protected abstract HistoryEventType FailedEvent { get; }

    /// <summary>Writes the ends of the branches that a failure elsewhere cut short, in their order.</summary>
    public void AppendAborted(Run run, Fork fork, long failedEventId)
    {
        for (var i = 0; i < fork.Count; i++)
        {
            if (fork.Frame(i) is { IsAborted: true } frame)
            {
                frame.AppendAborted(failedEventId);
                AppendAborted(run, frame.Path, i, failedEventId);
            }
        }
    }

    protected virtual void AppendAborted(Run run, string frame, int index, long failedEventId)
    {
    }

    /// <summary>What the history says before the end of an attempt.</summary>
    protected virtual void AppendEnd(Frame frame, StatesException? failure)
    {
    }

    protected async ValueTask<Outcome> RunAsync(Frame frame, int count, Func<Work, Task> run)
    {
        var fork = new Fork(count);
        fork.Resume(frame.TakeResume());
        frame.ActiveFork = fork;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(frame.Cancellation);
        var work = new Work(frame, fork, cancellation);
        await run(work);
        if (work.Failure is { } failure)
        {
            AppendAborted(frame.Run, fork, work.FailedEventId);
            frame.LastEventId = work.FailedEventId;
            AppendEnd(frame, failure);
            frame.Append(FailedEvent);
            return new StatesException(failure.Error, failure.Cause) { Alias = failure.Alias ?? ErrorNames.BranchFailed };
        }

        frame.Cancellation.ThrowIfCancellationRequested();
        AppendEnd(frame, null);
        frame.Append(SucceededEvent);
        return new(Data.Json.Array(fork.Outputs()));
    }
}
