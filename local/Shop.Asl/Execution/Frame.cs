using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Expressions;
using Shop.Asl.History;
using Shop.Asl.States;

namespace Shop.Asl.Execution;

/// <summary>Runs the states of a state machine, a branch or an iteration, one after the other.</summary>
internal sealed class Frame
{
    private State? _state;
    private JsonElement _input;
    private Checkpoint? _resume;
    private bool _isEntered;
    private bool _hasFailed;

    /// <param name="path">See <see cref="HistoryEvent.Frame"/>.</param>
    public Frame(Run run, string path, VariableScope? outer, MapItem? item, long previousEventId, CancellationToken cancellation)
    {
        Run = run;
        Path = path;
        LastEventId = previousEventId;
        Cancellation = cancellation;
        Context = new StateContext(run, new VariableScope(outer), item);
    }

    public Run Run { get; }

    public string Path { get; }

    public StateContext Context { get; }

    public CancellationToken Cancellation { get; }

    public long LastEventId { get; set; }

    /// <summary>The branches or iterations of the state being run, for a checkpoint.</summary>
    public Fork? ActiveFork { get; set; }

    /// <summary>Whether it was ended from outside, in the middle of a state.</summary>
    public bool IsAborted { get; private set; }

    public long EnteredEventId { get; private set; }

    /// <summary>What the task of the current state came to, once that is in the history: it must not be done again.</summary>
    public JsonElement? TaskResult { get; set; }

    public void Append(HistoryEventType type, HistoryEventDetails? details = null) => LastEventId = Run.Journal.Append(Path, LastEventId, type, details);

    /// <summary>Writes the event that ends the execution from outside; as recorded from the service, it follows no other.</summary>
    public void EndFromOutside(HistoryEventType type, HistoryEventDetails details) => LastEventId = Run.Journal.AppendLast(Path, 0, type, details);

    /// <summary>Writes the event that ends the execution.</summary>
    public void End(HistoryEventType type, HistoryEventDetails details) => LastEventId = Run.Journal.AppendLast(Path, LastEventId, type, details);

    public async ValueTask<JsonElement> RunAsync(StateBlock block, JsonElement input, Checkpoint? resume = null)
    {
        var state = block.Start;
        var isResumed = false;
        if (resume?.Output is { } done)
        {
            return done;
        }

        if (resume is not null)
        {
            state = block.States[resume.StateName];
            input = resume.Input;
            Context.Variables.Restore(resume.Variables);
            // Other states are entered again: they cost nothing, and a Wait begins anew.
            isResumed = state is WorkState && resume.IsEntered;
            _resume = isResumed ? resume : null;
        }

        while (true)
        {
            Enter(state, input, isResumed);
            try
            {
                var transition = await state.RunAsync(this, input);
                Exit(state, transition);
                if (transition.Next is null)
                {
                    return transition.Output;
                }

                (state, input, isResumed) = (transition.Next, transition.Output, false);
            }
            catch (StatesException failure)
            {
                failure.Locate(state.Name, EnteredEventId);
                failure.EventId = LastEventId;
                _hasFailed = true;
                throw;
            }
            catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
            {
                IsAborted = true;
                throw;
            }
        }
    }

    /// <summary>The results and checkpoints of the branches of the state that is resumed, once.</summary>
    public Checkpoint? TakeResume()
    {
        var resume = _resume;
        _resume = null;
        return resume;
    }

    /// <summary>Sets variables. All values are computed before the first is set.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Assign(Template? template, JsonElement document)
    {
        if (template is null)
        {
            return null;
        }

        var assigned = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in template.Evaluate(new Scope(document, Context)).EnumerateObject())
        {
            assigned[property.Name] = property.Value;
        }

        foreach (var (name, value) in assigned)
        {
            Context.Variables.Set(name, value);
        }

        return assigned;
    }

    public Checkpoint? ToCheckpoint() => _resume is not null || _state is null ? _resume : new Checkpoint(
        _state.Name,
        _input,
        Context.Variables.Values ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, JsonElement>.Empty,
        ActiveFork?.ToCheckpoint())
    {
        IsEntered = _isEntered,
        // A state that failed after its task had succeeded is to be done again as a whole.
        TaskResult = _hasFailed ? null : TaskResult,
    };

    /// <summary>Writes what a failed sibling leaves in the history of an aborted branch: inner states first.</summary>
    public void AppendAborted(long failedEventId)
    {
        if (!IsAborted || _state?.AbortedEvent is not { } aborted)
        {
            return;
        }

        if (_state is ForkState forkState && ActiveFork is { } fork)
        {
            forkState.AppendAborted(Run, fork, failedEventId);
        }

        Run.Journal.AppendLast(Path, failedEventId, aborted, null);
    }

    private void Enter(State state, JsonElement input, bool isResumed)
    {
        (_state, _input, _isEntered, ActiveFork, TaskResult) = (state, input, isResumed, null, null);
        if (Cancellation.IsCancellationRequested)
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        Context.Enter(state.Name);
        if (!isResumed)
        {
            Append(state.EnteredEvent, new StateEnteredDetails(state.Name, input));
        }

        _isEntered = true;
        EnteredEventId = LastEventId;
    }

    private void Exit(State state, in Transition transition)
    {
        if (Json.Size(transition.Output) > Limits.PayloadBytes)
        {
            throw StatesException.TooLarge(state.Name);
        }

        if (state.ExitedEvent is { } exited)
        {
            Append(exited, new StateExitedDetails(state.Name, transition.Output, transition.Assigned) { Next = transition.Next?.Name });
        }
    }
}
