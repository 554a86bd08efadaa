namespace Shop.Rehearsal.S3;

/// <summary>Objects as files. A key can't leave its bucket's folder.</summary>
internal sealed class S3Folder(string root)
{
    public void CreateBucket(string bucket) => Directory.CreateDirectory(Bucket(bucket));

    public async Task WriteAsync(string bucket, string key, byte[] content, CancellationToken cancellationToken)
    {
        var file = File(bucket, key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unfinished = $"{file}.{Guid.CreateVersion7():N}.tmp";
        await System.IO.File.WriteAllBytesAsync(unfinished, content, cancellationToken);
        // A reader sees the old object or the new one, as in S3.
        System.IO.File.Move(unfinished, file, overwrite: true);
    }

    public async Task<byte[]?> ReadAsync(string bucket, string key, CancellationToken cancellationToken) =>
        System.IO.File.Exists(File(bucket, key)) ? await System.IO.File.ReadAllBytesAsync(File(bucket, key), cancellationToken) : null;

    public void Delete(string bucket, string key)
    {
        if (System.IO.File.Exists(File(bucket, key)))
        {
            System.IO.File.Delete(File(bucket, key));
        }
    }

    public IEnumerable<string> Keys(string bucket)
    {
        var folder = Existing(bucket);
        return Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'));
    }

    public DateTimeOffset WrittenAt(string bucket, string key) => new(System.IO.File.GetLastWriteTimeUtc(File(bucket, key)), TimeSpan.Zero);

    public long Length(string bucket, string key) => new FileInfo(File(bucket, key)).Length;

    private string Existing(string bucket) => Directory.Exists(Bucket(bucket))
        ? Bucket(bucket)
        : throw new S3Exception(404, "NoSuchBucket", "The specified bucket does not exist.");

    private string Bucket(string bucket) => bucket.Length is >= 3 and <= 63 && bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') && !bucket.Contains("..", StringComparison.Ordinal)
        ? Path.Combine(root, bucket)
        : throw new S3Exception(400, "InvalidBucketName", "The specified bucket is not valid.");

    private string File(string bucket, string key) =>
        key.Length is > 0 and <= 1024 && !key.StartsWith('/') && key.Split('/').All(s => s is not ("." or ".." or "")) && !key.Contains('\0', StringComparison.Ordinal)
            ? Path.Combine(Existing(bucket), key)
            : throw new S3Exception(400, "InvalidArgument", "The key is not usable as a file name.");
}
