namespace Shop.Rehearsal.S3;

/// <summary>An error as S3 answers it.</summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static S3Exception NoSuchBucket(string bucket) => new(404, "NoSuchBucket", $"The specified bucket does not exist: {bucket}");

    public static S3Exception NoSuchKey(string key) => new(404, "NoSuchKey", $"The specified key does not exist: {key}");

    public static S3Exception Invalid(string message) => new(400, "InvalidRequest", message);
}
