using System.Text.Json;

namespace Shop.Asl.Execution;

/// <summary>What an attempt of a task came to. A failure that may well be caught is handed on as a value: throwing costs more than the rest of a state.</summary>
internal readonly record struct Outcome(JsonElement Value, StatesException? Failure = null)
{
    public static implicit operator Outcome(StatesException failure) => new(default, failure);
}
