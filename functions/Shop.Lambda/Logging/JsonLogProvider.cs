using Microsoft.Extensions.Logging;

namespace Shop.Lambda.Logging;

/// <summary>One JSON object a line, with the keys of Powertools for AWS Lambda.</summary>
[ProviderAlias("Lambda")]
internal sealed class JsonLogProvider(FunctionEnvironment environment, Stream output) : ILoggerProvider, ISupportExternalScope
{
    private static readonly Lock OutputLock = new();
    private static readonly Lazy<Stream> Stdout = new(Console.OpenStandardOutput);
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public static Stream StandardOutput => Stdout.Value;

    public string Service { get; } = environment.Service;

    public FunctionEnvironment Environment { get; } = environment;

    public IExternalScopeProvider Scopes => _scopes;

    public ILogger CreateLogger(string categoryName) => new JsonLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Write(ReadOnlySpan<byte> line) => WriteLine(output, line);

    /// <summary>Whole lines only: logs and metrics share the output.</summary>
    public static void WriteLine(Stream output, ReadOnlySpan<byte> line)
    {
        lock (OutputLock)
        {
            output.Write(line);
            output.Flush();
        }
    }

    public void Dispose()
    {
    }
}
