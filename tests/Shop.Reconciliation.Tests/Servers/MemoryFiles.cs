using System.Collections.Concurrent;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tests.Servers;

internal sealed class MemoryFiles : IReportFiles
{
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public async Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        Files[key] = copy.ToArray();
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Files.TryGetValue(key, out var bytes) ? new MemoryStream(bytes) : null);

    public string Text(string name) => System.Text.Encoding.UTF8.GetString(Files.Single(f => f.Key.EndsWith($"/{name}", StringComparison.Ordinal)).Value);
}
