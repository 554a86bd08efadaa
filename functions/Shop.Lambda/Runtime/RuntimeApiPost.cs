namespace Shop.Lambda.Runtime;

/// <summary>What a runtime reports: an answer, or an error with its type and its cause for X-Ray in headers.</summary>
internal readonly record struct RuntimeApiPost(
    string Path, ReadOnlyMemory<byte> Body, string ContentType = "application/json", string? ErrorType = null, string? ErrorCause = null);
