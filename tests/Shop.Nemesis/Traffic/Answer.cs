using System.Text.Json;

namespace Shop.Nemesis.Traffic;

/// <summary>What a client was answered. Status 0: nothing.</summary>
internal sealed record Answer(int Status, JsonElement? Body, string? RetryAfter, TimeSpan Took)
{
    public string? Problem => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("type", out var type) ? type.GetString() : null;

    public Guid? OrderId => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("id", out var id) && id.TryGetGuid(out var guid) ? guid : null;

    public long? Epoch => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("epoch", out var epoch) ? epoch.GetInt64() : null;

    public bool IsOk => Status is 200 or 201;

    /// <summary>The store says no for a reason that a retry does not change.</summary>
    public bool IsRefusal => Status is >= 400 and < 500 and not (408 or 429);
}
