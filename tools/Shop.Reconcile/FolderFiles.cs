using Shop.Reconciliation.Storage;

namespace Shop.Reconcile;

/// <summary>A run's files below a folder. A file is there whole or not at all, whenever the process is killed.</summary>
internal sealed class FolderFiles(string folder) : IReportFiles
{
    public async Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.part";
        await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            await content.CopyToAsync(file, cancellationToken);
        }

        File.Move(part, path, overwrite: true);
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, key);
        return Task.FromResult<Stream?>(File.Exists(path) ? File.OpenRead(path) : null);
    }
}
