namespace Shop.Lambda.Runtime;

/// <summary>Reports what goes wrong before the first poll, so that the caller reads a cause instead of "Runtime exited".</summary>
internal static class InitErrors
{
    private static int _watching;

    /// <summary>For exceptions that leave <c>Main</c>: in options, in <c>Build()</c>, in a service's own start.</summary>
    public static void Watch(FunctionEnvironment environment)
    {
        if (!environment.IsProcess || environment.RuntimeApi is not { } address || Interlocked.Exchange(ref _watching, 1) == 1)
            return;
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (e.ExceptionObject is not Exception exception)
                return;
            Console.Error.WriteLine(exception);
            ReportAsync(RuntimeApiClient.At(address), exception).GetAwaiter().GetResult();
            // Without this the runtime aborts with a core dump.
            Environment.Exit(1);
        };
    }

    public static async Task ReportAsync(RuntimeApiClient api, Exception exception)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await api.FailInitAsync(FunctionError.From(exception), limit.Token);
        }
        catch (Exception unreported)
        {
            await Console.Error.WriteLineAsync($"The init error could not be reported: {unreported.Message}");
        }
    }
}
