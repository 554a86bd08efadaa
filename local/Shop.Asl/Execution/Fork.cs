using System.Text.Json;

namespace Shop.Asl.Execution;

/// <summary>The branches or iterations that a state runs at the same time.</summary>
internal sealed class Fork(int count)
{
    private readonly JsonElement?[] _outputs = new JsonElement?[count];
    private readonly Frame?[] _frames = new Frame?[count];
    private readonly Checkpoint?[] _pending = new Checkpoint?[count];

    public int Count => count;

    public void Resume(Checkpoint? checkpoint)
    {
        if (checkpoint?.Branches is not { } branches || branches.Count > count)
        {
            return;
        }

        for (var i = 0; i < branches.Count; i++)
        {
            _outputs[i] = branches[i]?.Output;
            _pending[i] = branches[i]?.Checkpoint;
        }
    }

    public bool IsDone(int index) => _outputs[index] is not null;

    public Checkpoint? Pending(int index) => _pending[index];

    public void Begin(int index, Frame frame) => _frames[index] = frame;

    public Frame? Frame(int index) => _frames[index];

    public void Complete(int index, JsonElement output) => _outputs[index] = output;

    /// <summary>The outputs of those that succeeded, in order.</summary>
    public List<JsonElement> Outputs()
    {
        List<JsonElement> outputs = new(count);
        foreach (var output in _outputs)
        {
            if (output is { } value)
            {
                outputs.Add(value);
            }
        }

        return outputs;
    }

    public IReadOnlyList<CheckpointBranch?> ToCheckpoint()
    {
        var branches = new CheckpointBranch?[count];
        for (var i = 0; i < count; i++)
        {
            // Of a redrive that ended before it came to this branch, the branch stands where it stood.
            var checkpoint = _frames[i] is { } frame ? frame.ToCheckpoint() : _pending[i];
            branches[i] = _outputs[i] is { } output ? new CheckpointBranch(output, null)
                : checkpoint is null ? null
                : new CheckpointBranch(null, checkpoint);
        }

        return branches;
    }
}
