using System.Text.Json.Serialization;

namespace Shop.Migrator;

/// <summary>One of the four steps in which Secrets Manager has a login rotated, each of which may come twice.</summary>
public sealed record RotateRequest(
    [property: JsonPropertyName("Step")] string Step,
    [property: JsonPropertyName("SecretId")] string SecretId,
    [property: JsonPropertyName("ClientRequestToken")] string Token);

public sealed record RotateResult(string Step, bool Changed);
