using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>What every engine needs: a run folder, ports, a launcher, and a cache that outlives the run.</summary>
public sealed class EngineHost : IDisposable
{
    private readonly Lazy<TlsCertificates> _tls;

    private EngineHost(RunFolder folder, string cache)
    {
        _tls = new Lazy<TlsCertificates>(() => TlsCertificates.Create(Path.Combine(folder.FullPath, "tls"), TimeProvider.System));
        Folder = folder;
        Cache = cache;
        Launcher = new GuardedLauncher(folder.Jobs);
    }

    public RunFolder Folder { get; }

    public IProcessLauncher Launcher { get; }

    public PortAllocator Ports { get; } = PortAllocator.Shared;

    /// <summary>What the databases of this run prove themselves with.</summary>
    public TlsCertificates Tls => _tls.Value;

    /// <summary>Where prepared data directories are kept from run to run.</summary>
    public string Cache { get; }

    public static EngineHost Create(string root, string cache) => new(RunFolder.Create(root), Directory.CreateDirectory(cache).FullName);

    public void Dispose() => Folder.Dispose();
}
