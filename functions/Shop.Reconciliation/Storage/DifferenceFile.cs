using System.Security.Cryptography;
using System.Text.Json;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Storage;

/// <summary>Differences as NDJSON: spooled to disk while they are found, stored with a digest that the report checks.</summary>
internal sealed class DifferenceFile : IAsyncDisposable
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public int Count { get; private set; }

    public async Task AddAsync(Difference difference, CancellationToken cancellationToken)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(difference, RJson.Default.Difference), (byte)'\n'];
        _digest.AppendData(line);
        await _file.WriteAsync(line, cancellationToken);
        Count++;
    }

    /// <summary>Stores the file and answers its digest.</summary>
    public async Task<string> StoreAsync(IReportFiles files, string key, CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        _file.Position = 0;
        await files.PutAsync(key, _file, "application/x-ndjson", cancellationToken);
        return Convert.ToHexStringLower(_digest.GetCurrentHash());
    }

    /// <summary>Reads a stored file back. Fails when it is not, to the byte, what was stored.</summary>
    public static async Task<IReadOnlyList<Difference>> ReadAsync(
        IReportFiles files, string key, int count, string digest, CancellationToken cancellationToken)
    {
        await using var content = await files.OpenAsync(key, cancellationToken)
            ?? throw new ShopException("Shop.EvidenceIncomplete", $"{key} has not been written.");
        using var reader = new MemoryStream();
        await content.CopyToAsync(reader, cancellationToken);
        var bytes = reader.ToArray();
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != digest)
        {
            throw new ShopException("Shop.EvidenceAltered", $"{key} is not what the comparison wrote.");
        }

        var differences = Parse(bytes);
        return differences.Count == count
            ? differences
            : throw new ShopException("Shop.EvidenceAltered", $"{key} has {differences.Count} differences, the comparison wrote {count}.");
    }

    private static List<Difference> Parse(ReadOnlyMemory<byte> bytes)
    {
        var differences = new List<Difference>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            differences.Add(JsonSerializer.Deserialize(bytes.Span[..end], RJson.Default.Difference)!);
            bytes = bytes[(end + 1)..];
        }

        return differences;
    }

    public async ValueTask DisposeAsync()
    {
        _digest.Dispose();
        await _file.DisposeAsync();
    }
}
