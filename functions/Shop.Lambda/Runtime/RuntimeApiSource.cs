namespace Shop.Lambda.Runtime;

/// <summary>Which Runtime API this host serves, if any; decided when it is run.</summary>
internal sealed class RuntimeApiSource(FunctionEnvironment environment)
{
    private RuntimeApiClient? _client;

    public RuntimeApiClient? Client => _client ??= environment.RuntimeApi is { } address ? RuntimeApiClient.At(address) : null;

    /// <summary>The loop ended in an error, and the process must say so by its exit code.</summary>
    public bool Failed { get; set; }

    /// <summary>After the answer under way no further invocation is taken, and the process ends in failure.</summary>
    public bool IsEnding { get; private set; }

    public void EndAfterAnswer() => IsEnding = true;

    public void Use(HttpClient? runtimeApi)
    {
        if (runtimeApi is not null)
            _client = new RuntimeApiClient(runtimeApi);
    }
}
