using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;

namespace Shop.Asl.States;

/// <summary>A number of seconds that a definition states or that is found at a path.</summary>
internal static class DurationField
{
    public static TimeSpan? Evaluate(Expression? seconds, in Scope scope, string field)
        => seconds is null ? null : Read(seconds.Evaluate(scope, field), field, seconds.Text, minimum: 1);

    public static TimeSpan Read(JsonElement value, string field, string path, int minimum)
        => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds >= minimum && seconds <= Limits.MaxSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw StatesException.Runtime($"The {field} parameter does not reference a valid number of seconds: {path} == {value.GetRawText()}");
}
