using System.Text.Json.Serialization;

namespace Shop.Nemesis.History;

internal enum OperationType
{
    /// <summary>Sent.</summary>
    Invoke,

    /// <summary>Answered: it is done.</summary>
    Ok,

    /// <summary>Answered: it is not done and will not be.</summary>
    Fail,

    /// <summary>Nobody knows: no answer, or one that says so. It may be done, now or later.</summary>
    Info,
}

/// <summary>One line of a history: what a client sent, or was told.</summary>
/// <param name="Process">Whoever is left without an answer goes on as another one, so that no process has two operations at once.</param>
/// <param name="F"><c>submit</c>, <c>cancel</c>, <c>cart</c>, <c>nemesis</c>, <c>heal</c>.</param>
/// <param name="Key">The idempotency key: one intent to buy, however often it is sent.</param>
/// <param name="Hash">Of the content that was sent; see <see cref="Traffic.Intent"/>.</param>
internal sealed record Operation(
    long Index,
    int Process,
    OperationType Type,
    string F,
    DateTimeOffset At,
    Guid? Key = null,
    Guid? OrderId = null,
    string? Hash = null,
    long? Total = null,
    string? Region = null,
    long? Epoch = null,
    string? Note = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Operation))]
internal sealed partial class HistoryJson : JsonSerializerContext;
