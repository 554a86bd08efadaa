using System.Text.Json.Serialization;

namespace Shop.Lambda.Sample;

public sealed record Thing(string Name, int Quantity, IReadOnlyList<Part> Parts, string? Note = null);

public sealed record Part(string ProductId, int Count);

public sealed record Echo(
    string Method, string Path, string RawTarget, string Scheme, string Host, string Remote, int Port, string Body, bool CanHaveBody,
    IReadOnlyDictionary<string, string?[]> Headers, IReadOnlyDictionary<string, string?[]> Query);

public sealed record Sum(int Left, int Right);

public sealed record Total(int Value, string RequestId, string? TraceId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Thing))]
[JsonSerializable(typeof(Echo))]
[JsonSerializable(typeof(Sum))]
[JsonSerializable(typeof(Total))]
public sealed partial class SampleJson : JsonSerializerContext;
