using System.Security.Cryptography;

namespace Shop.Rehearsal.S3;

/// <summary>The files behind the buckets. An object appears whole or not at all.</summary>
internal sealed class S3Folder(string root)
{
    /// <summary>How files begin that are still being written.</summary>
    public const string Unfinished = ".unfinished-";

    private readonly Lock _publishing = new();
    private readonly string _root = Directory.CreateDirectory(root).FullName;

    public IEnumerable<string> Buckets => Directory.EnumerateDirectories(_root).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    public void CreateBucket(string bucket) => Directory.CreateDirectory(BucketPath(bucket));

    public async Task<string> PutAsync(S3Target target, Stream content, bool onlyNew, CancellationToken cancellationToken)
    {
        var path = PathOf(target);
        if (Directory.Exists(path))
        {
            throw S3Exception.Invalid("There are keys below this one: in a folder it can't be a file too.");
        }

        var temporary = Path.Combine(BucketPath(target.Bucket), $"{Unfinished}{Guid.CreateVersion7():N}");
        try
        {
            await WriteAsync(temporary, content, cancellationToken);
            CreateParent(path);
            Publish(temporary, path, onlyNew);
            return await ETagAsync(path, cancellationToken);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private void Publish(string temporary, string path, bool onlyNew)
    {
        // File.Move looks first and renames then: of two writers at once, both would win.
        lock (_publishing)
        {
            if (onlyNew && File.Exists(path))
            {
                throw new S3Exception(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            }

            File.Move(temporary, path, overwrite: !onlyNew);
        }
    }

    /// <summary>The file of an object that exists.</summary>
    public FileInfo Find(S3Target target)
    {
        var file = new FileInfo(PathOf(target));
        return file.Exists ? file : throw S3Exception.NoSuchKey(target.Key);
    }

    /// <summary>Deleting what is not there is fine.</summary>
    public void Delete(S3Target target)
    {
        var file = new FileInfo(PathOf(target));
        if (file.Exists)
        {
            file.Delete();
        }
    }

    /// <summary>Keys in the order of their UTF-8 bytes, which is S3's.</summary>
    public IEnumerable<(string Key, FileInfo File)> List(string bucket)
    {
        var folder = BucketPath(bucket);
        RequireBucket(bucket);
        return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => !f.Name.StartsWith(Unfinished, StringComparison.Ordinal))
            .Select(f => (Key: Path.GetRelativePath(folder, f.FullName).Replace(Path.DirectorySeparatorChar, '/'), File: f))
            .OrderBy(f => f.Key, StringComparer.Ordinal);
    }

    public void RequireBucket(string bucket)
    {
        if (!Directory.Exists(BucketPath(bucket)))
        {
            throw S3Exception.NoSuchBucket(bucket);
        }
    }

    public static async Task<string> ETagAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        // S3's ETag of a single-part object; not for security.
#pragma warning disable CA5351
        return $"\"{Convert.ToHexStringLower(await MD5.HashDataAsync(file, cancellationToken))}\"";
#pragma warning restore CA5351
    }

    private static void CreateParent(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (IOException)
        {
            throw S3Exception.Invalid("A part of this key is an object: in a folder it can't be a folder too.");
        }
    }

    private static async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await content.CopyToAsync(file, cancellationToken);
    }

    private string BucketPath(string bucket) => Path.Combine(_root, bucket);

    private string PathOf(S3Target target)
    {
        RequireBucket(target.Bucket);
        var folder = BucketPath(target.Bucket);
        var path = Path.GetFullPath(Path.Combine(folder, target.Key));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw S3Exception.Invalid("This key leads out of its bucket.");
    }
}
