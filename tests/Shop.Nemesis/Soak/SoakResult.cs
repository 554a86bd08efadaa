using System.Text.Json.Serialization;

namespace Shop.Nemesis.Soak;

internal sealed record SoakResult(
    int Minutes, int Rate, int Seed, DateTimeOffset EndedAt, int Buyers, int Acknowledged, int LostSilently, int Doubled, int Reported, int Faults, int Moves,
    double MedianMs, double P99Ms, double LongestMs, string First, string Last, string Overload, IReadOnlyList<string> Broken, IReadOnlyList<string> Schedule, bool Passed);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SoakResult))]
internal sealed partial class SoakJson : JsonSerializerContext;
