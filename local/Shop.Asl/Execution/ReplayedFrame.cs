using System.Text.Json;
using Shop.Asl.History;

namespace Shop.Asl.Execution;

/// <summary>Where a state machine, branch or iteration stands, as far as its history was followed.</summary>
internal sealed class ReplayedFrame
{
    private readonly Dictionary<string, JsonElement> _variables = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, ReplayedFrame> _branches = [];
    private string? _state;
    private JsonElement _input;
    private bool _isEntered;
    private bool _hasFork;
    private JsonElement? _output;

    public JsonElement? TaskResult { get; set; }

    public bool HasForkFailed { get; set; }

    /// <summary>Ended by the failure of a sibling, not by its own.</summary>
    public bool IsAborted { get; set; }

    public ReplayedFrame Branch(int index)
    {
        if (!_branches.TryGetValue(index, out var branch))
        {
            _branches[index] = branch = new ReplayedFrame();
        }

        return branch;
    }

    public void Enter(string state, JsonElement input) => MoveTo(state, input, isEntered: true);

    public void Exit(StateExitedDetails exited)
    {
        foreach (var (name, value) in exited.AssignedVariables ?? new Dictionary<string, JsonElement>())
        {
            _variables[name] = value;
        }

        MoveTo(exited.Next ?? exited.Name, exited.Output, isEntered: exited.Next is null);
        _output = exited.Next is null ? exited.Output : null;
    }

    /// <summary>A retry begins with nothing; a redrive keeps what there is.</summary>
    public void BeginFork()
    {
        if (HasForkFailed)
        {
            _branches.Clear();
        }

        (_hasFork, HasForkFailed) = (true, false);
    }

    /// <summary>The execution failed: what failed in it is to be done again as a whole, even if a task of it had succeeded.</summary>
    public void Fail()
    {
        TaskResult = IsAborted ? TaskResult : null;
        foreach (var branch in _branches.Values)
        {
            branch.Fail();
        }
    }

    public void Redrive()
    {
        (HasForkFailed, IsAborted) = (false, false);
        foreach (var branch in _branches.Values)
        {
            branch.Redrive();
        }
    }

    public Checkpoint? ToCheckpoint() => _state is null
        ? null
        : new Checkpoint(_state, _input, _variables, _hasFork ? Branches() : null) { IsEntered = _isEntered, TaskResult = TaskResult, Output = _output };

    private void MoveTo(string state, JsonElement input, bool isEntered)
    {
        (_state, _input, _isEntered, _hasFork, HasForkFailed, IsAborted) = (state, input, isEntered, false, false, false);
        (_output, TaskResult) = (null, null);
        _branches.Clear();
    }

    private CheckpointBranch?[] Branches()
    {
        var branches = new CheckpointBranch?[_branches.Count == 0 ? 0 : _branches.Keys.Last() + 1];
        foreach (var (index, branch) in _branches)
        {
            branches[index] = branch._output is { } output ? new CheckpointBranch(output, null)
                : branch.ToCheckpoint() is { } checkpoint ? new CheckpointBranch(null, checkpoint)
                : null;
        }

        return branches;
    }
}
