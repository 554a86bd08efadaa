using Shop.Asl.States;

namespace Shop.Asl.Definitions;

/// <summary>Reads StartAt and States, and checks that the states hang together.</summary>
internal sealed class BlockReader(Findings findings)
{
    private const int MaxNameLength = Execution.Limits.NameLength;

    private static readonly string[] Required = ["States", "StartAt"];

    /// <summary>State names are unique in the whole definition, branches included.</summary>
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <returns>Null if there are errors.</returns>
    public StateBlock? Read(Fields block)
    {
        // The service reports both at once, in this order.
        var missing = Required.Where(name => !block.Has(name)).ToList();
        if (missing.Count > 0)
        {
            block.Missing(missing);
        }

        var startAt = block.Text("StartAt");
        if (block.Child("States") is not { } states)
        {
            return null;
        }

        var drafts = ReadStates(states, block);
        if (drafts.Count == 0)
        {
            findings.Schema("At least one state is required", states.Location);
            return null;
        }

        CheckTargets(drafts, startAt, block);
        return findings.HasErrors ? null : new StateBlock(startAt!, drafts.Values.Select(draft => draft.State!));
    }

    private Dictionary<string, Draft> ReadStates(Fields states, Fields block)
    {
        var drafts = new Dictionary<string, Draft>(StringComparer.Ordinal);
        block.TryGet("States", out var source);
        foreach (var property in source.EnumerateObject())
        {
            var at = states.At(property.Name);
            if (property.Name.Length is 0 or > MaxNameLength)
            {
                findings.Error(DiagnosticCodes.InvalidName, $"A state's name must have 1 to {MaxNameLength} characters", at);
            }

            if (!_names.Add(property.Name))
            {
                findings.Error(DiagnosticCodes.DuplicateName, $"Duplicate State name: {property.Name}", at);
            }

            if (states.Of(property.Value, at) is { } fields)
            {
                var draft = new Draft(property.Name, fields);
                new StateReader(this, draft).Read();
                fields.Close();
                drafts[property.Name] = draft;
            }
        }

        return drafts;
    }

    private void CheckTargets(Dictionary<string, Draft> drafts, string? startAt, Fields block)
    {
        foreach (var (name, location) in drafts.Values.SelectMany(draft => draft.Targets))
        {
            if (!drafts.ContainsKey(name))
            {
                findings.Error(DiagnosticCodes.MissingTarget, $"Missing 'Next' target: {name}", location);
            }
        }

        if (startAt is null)
        {
            return;
        }

        if (!drafts.ContainsKey(startAt))
        {
            findings.Error(DiagnosticCodes.MissingTarget, $"Missing 'Next' target: {startAt}", block.At("StartAt"));
            return;
        }

        CheckReachable(drafts, startAt, block);
    }

    private void CheckReachable(Dictionary<string, Draft> drafts, string startAt, Fields block)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { startAt };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var name))
        {
            foreach (var (target, _) in drafts[name].Targets)
            {
                if (drafts.ContainsKey(target) && reached.Add(target))
                {
                    open.Enqueue(target);
                }
            }
        }

        foreach (var draft in drafts.Values.Where(draft => !reached.Contains(draft.Name)))
        {
            findings.Error(DiagnosticCodes.MissingTarget, $"State \"{draft.Name}\" is not reachable.", draft.Fields.Location);
        }

        if (!drafts.Values.Any(draft => draft.IsTerminal))
        {
            findings.Error(DiagnosticCodes.MissingEnd, "There is no terminal state: none ends, succeeds or fails", block.At("States"));
        }
    }
}
