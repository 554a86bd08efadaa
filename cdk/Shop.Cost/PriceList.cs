using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Cost;

/// <summary>The dated price file.</summary>
internal sealed record PriceList
{
    public required string Date { get; init; }
    public required string Note { get; init; }
    public required decimal HoursPerMonth { get; init; }
    public required IReadOnlyDictionary<string, Price> Prices { get; init; }

    /// <summary>Resource types that cost nothing of their own, and why.</summary>
    public required IReadOnlyDictionary<string, string> Free { get; init; }

    public required IReadOnlyDictionary<string, Profile> Profiles { get; init; }
    public required OrderUse PerOrder { get; init; }
    public required IReadOnlyList<string> NotIncluded { get; init; }
    public required Sample Sample { get; init; }

    public static PriceList Read(string file) => JsonSerializer.Deserialize(File.ReadAllText(file), CostJson.Default.PriceList)!;

    public decimal Of(string name) => Prices.TryGetValue(name, out var price)
        ? price.Amount
        : throw new UnpricedException($"prices.json has no price '{name}'.");
}

internal sealed record Price([property: JsonPropertyName("price")] decimal Amount, string Unit, string Source, string Confidence);

/// <param name="Orders">A month.</param>
/// <param name="Acu">Capacity of each database instance on average; never less than the template's minimum.</param>
/// <param name="UiTasks">Of each Region on average; never less than the template's.</param>
internal sealed record Profile(decimal Orders, decimal Acu, decimal UiTasks);

internal sealed record OrderUse(
    string Note, decimal ApiCalls, decimal Milliseconds, decimal TableWrites, decimal TableReads, decimal DatabaseIo, decimal ReplicatedIo, decimal Kilobytes,
    decimal LogKilobytes, decimal CacheEcpu, decimal Traced);

internal sealed record Sample(decimal Advertised, decimal Deployed, string Note);

internal sealed class UnpricedException(string message) : Exception(message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriceList))]
internal sealed partial class CostJson : JsonSerializerContext;
