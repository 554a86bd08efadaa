using System.Text.Json.Serialization;

namespace Shop.Contracts;

/// <summary>An <c>application/problem+json</c> answer (RFC 9457). <c>Errors</c> maps a field's JSON path to what is wrong with it.</summary>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Instance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>The stable <c>type</c> of every problem that an API answers.</summary>
public static class ProblemTypes
{
    public const string InvalidRequest = "urn:shop:problem:invalid-request";
    public const string NotFound = "urn:shop:problem:not-found";

    /// <summary>The order was acknowledged, a failover lost it, and it is being brought back: ask again later.</summary>
    public const string BeingRecovered = "urn:shop:problem:being-recovered";
    public const string MethodNotAllowed = "urn:shop:problem:method-not-allowed";
    public const string UnsupportedMediaType = "urn:shop:problem:unsupported-media-type";
    public const string PayloadTooLarge = "urn:shop:problem:payload-too-large";
    public const string Conflict = "urn:shop:problem:conflict";
    public const string IdempotencyMismatch = "urn:shop:problem:idempotency-mismatch";
    public const string Forbidden = "urn:shop:problem:forbidden";
    public const string Unavailable = "urn:shop:problem:unavailable";
    public const string Unexpected = "urn:shop:problem:unexpected";
}
