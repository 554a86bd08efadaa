namespace Shop.Rehearsal.Supervision;

/// <summary>What to start: a program, its arguments and environment, and the file its output goes to.</summary>
/// <remarks>Secrets belong into <see cref="Environment"/> or into files of mode 0600: every local user can read a command line.</remarks>
public sealed record ChildCommand
{
    /// <summary>Who this is in logs and in the job file.</summary>
    public required string Name { get; init; }

    public required string File { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public required string LogFile { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>The data directory, if there is one, for the job file.</summary>
    public string DataDirectory { get; init; } = "";
}
