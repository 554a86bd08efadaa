using System.Text.Json;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Storage;

namespace Shop.Reconcile;

/// <summary>A run's folder, held by one process at a time.</summary>
internal sealed class Run : IDisposable
{
    private const string Name = "run.json";
    private readonly FileStream _lock;

    private Run(string folder, FileStream hold)
    {
        Folder = folder;
        _lock = hold;
        Files = new FolderFiles(folder);
    }

    public string Folder { get; }

    public IReportFiles Files { get; }

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>The run, or null while another process has it.</summary>
    public static Run? Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, ".lock");
        try
        {
            return new Run(folder, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path) && !Directory.Exists(path))
        {
            // It is there and can't be had; a full disk or a folder that is not there any more would not have made it.
            return null;
        }
    }

    public static RunKeys Keys(string aggregate) => new($"{aggregate}/");

    public string PathOf(string key) => Path.Combine(Folder, key);

    public async Task<RunFile> ReadAsync(CancellationToken cancellationToken) => Exists(Folder)
        ? JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(Folder, Name), cancellationToken), ToolJson.Default.RunFile)!
        : throw new UsageException($"{Folder} holds no run. shop-reconcile plan or compare with --config, --source and --target begins one.");

    public Task WriteAsync(RunFile run, CancellationToken cancellationToken) =>
        Files.PutJsonAsync(Name, run, ToolJson.Default.RunFile, cancellationToken);

    /// <summary>Logs in as the run does; passwords come from the options or the environment.</summary>
    public static (DatabaseLogin Login, DatabaseUrl Source, DatabaseUrl Target) Login(RunFile run, Options options, Func<string, string?> variable)
    {
        var source = Side("source", run.Source);
        var target = Side("target", run.Target);
        var tls = DatabaseUrl.Tls(options.Find("tls") ?? run.Tls);
        return (new DatabaseLogin(new GivenSecrets(source, target), tls, options.Find("tls-ca") ?? run.TlsCa), source, target);

        DatabaseUrl Side(string name, string planned)
        {
            var (before, now) = (DatabaseUrl.Parse(name, planned, variable), DatabaseUrl.Parse(name, options.Find(name) ?? planned, variable));
            return before.Endpoint == now.Endpoint || options.Has("moved")
                ? now
                : throw new UsageException($"--{name} is {now}, and the run was planned with {before}. If it is the same database in another place, say --moved.");
        }
    }

    public void Dispose() => _lock.Dispose();
}
