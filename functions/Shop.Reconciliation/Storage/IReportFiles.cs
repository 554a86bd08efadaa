namespace Shop.Reconciliation.Storage;

/// <summary>Where the tasks of one run leave manifests, differences and the report for each other. Writing a key again replaces it.</summary>
public interface IReportFiles
{
    Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken);

    /// <summary>The content, or null when there is no such key.</summary>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken);
}
