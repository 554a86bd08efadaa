namespace Shop.Rehearsal.Lambda;

/// <summary>A deployed function: what to start, and with which limits.</summary>
/// <param name="Handler">Reaches the function as <c>_HANDLER</c>.</param>
/// <param name="MemoryMb">Told to the function, which limits its own heap by it; nothing else enforces it here.</param>
public sealed record FunctionDefinition(
    string Name,
    string Executable,
    IReadOnlyList<string> Arguments,
    string Handler,
    IReadOnlyDictionary<string, string> Environment,
    TimeSpan Timeout,
    int MemoryMb = 512,
    int MaxConcurrency = 4);
