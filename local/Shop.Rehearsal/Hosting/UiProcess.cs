using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Hosting;

/// <summary>A Region's UI: in AWS a service on ECS, here one process on a port that stays the same however often it starts.</summary>
internal sealed class UiProcess(Workspace workspace, IProcessLauncher launcher, PortLease port, IReadOnlyDictionary<string, string> environment, string logFile)
    : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private ChildProcess? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{port.Port}");

    public int? Pid => _process is { IsRunning: true } ? _process.Pid : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = await launcher.StartAsync(new ChildCommand
        {
            Name = $"ui-{port.Port}",
            File = "dotnet",
            Arguments = [workspace.Assembly("ui-container/Shop.Ui")],
            Environment = new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = Address.ToString() },
            WorkingDirectory = Path.Combine(workspace.Root, "ui-container", "Shop.Ui"),
            LogFile = logFile,
        });
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        while (!await IsHealthyAsync(timeout.Token))
        {
            if (!_process.IsRunning)
            {
                throw new InvalidOperationException($"The UI ended while it started:\n{_process.LogTail()}");
            }

            await Task.Delay(50, timeout.Token);
        }
    }

    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.TerminateAsync();
        }

        _http.Dispose();
        port.Dispose();
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address, "health"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
