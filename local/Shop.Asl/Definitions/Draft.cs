using Shop.Asl.States;

namespace Shop.Asl.Definitions;

/// <summary>A state as far as it was read, and where it leads.</summary>
internal sealed class Draft(string name, Fields fields)
{
    public string Name { get; } = name;

    public Fields Fields { get; } = fields;

    public List<(string Name, string Location)> Targets { get; } = [];

    public bool IsTerminal { get; set; }

    /// <summary>Null if an error keeps it from being made.</summary>
    public State? State { get; set; }

    /// <summary>Adds a place that the state goes on to.</summary>
    public string AddTarget(string? name, string location)
    {
        if (name is not null)
        {
            Targets.Add((name, location));
        }

        return name ?? "";
    }

    /// <summary>Next or End, exactly one of them.</summary>
    public string? ReadNext()
    {
        var next = Fields.Text("Next");
        var end = Fields.Boolean("End");
        if (next is not null && end is not null)
        {
            Fields.Findings.Schema("Only one of 'Next' and 'End' is allowed", Fields.Location);
        }
        else if (next is null && end is not true)
        {
            Fields.Findings.Schema("Either 'Next' or 'End: true' is required", Fields.Location);
        }

        IsTerminal = end is true;
        if (next is not null)
        {
            AddTarget(next, Fields.At("Next"));
        }

        return next;
    }
}
