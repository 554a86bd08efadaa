namespace Shop.Reconcile;

/// <summary>Results go to standard output, progress and troubles to standard error.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, Func<string, string?> Variable)
{
    public bool IsInteractive { get; } = Error == Console.Error && !Console.IsErrorRedirected;

    public ProgressLine Progress(string phase, long total, string unit) => new(Error, IsInteractive, phase, total, unit);

    public Task SayAsync(string line) => Output.WriteLineAsync(line);
}
