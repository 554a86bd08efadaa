using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.S3;

/// <summary>S3 in path style on 127.0.0.1: buckets are folders, objects are the files in them, to be looked at with any tool.</summary>
public sealed class S3Server : IAsyncDisposable
{
    private readonly AwsJsonServer _listener;

    private S3Server(AwsJsonServer listener, string folder)
    {
        _listener = listener;
        Folder = folder;
    }

    public Uri Address => _listener.Address;

    public string Folder { get; }

    public static async Task<S3Server> StartAsync(string folder, RegionPower? power = null, ServiceFaults? faults = null, CancellationToken cancellationToken = default)
    {
        var api = new S3Api(new S3Folder(folder));
        return new(await AwsJsonServer.StartAsync(power, [], api.HandleAsync, faults, cancellationToken), folder);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
