using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Execution;

/// <summary>The variables of a state machine, a branch or an iteration. Outer ones can be read, not written.</summary>
internal sealed class VariableScope(VariableScope? outer)
{
    private Dictionary<string, JsonElement>? _values;

    public IReadOnlyDictionary<string, JsonElement>? Values => _values;

    public bool TryGet(string name, out JsonElement value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._values is not null && scope._values.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    public void Set(string name, JsonElement value)
    {
        if (Outer is not null && Outer.TryGet(name, out _))
        {
            throw StatesException.Runtime($"The variable '{name}' belongs to an outer scope and can't be assigned here");
        }

        if (Json.Size(value) > Limits.PayloadBytes)
        {
            throw new StatesException(ErrorNames.DataLimitExceeded, $"The variable '{name}' exceeds the maximum number of bytes service limit.");
        }

        (_values ??= new(StringComparer.Ordinal))[name] = value;
    }

    public void Restore(IReadOnlyDictionary<string, JsonElement> values) => _values = new(values, StringComparer.Ordinal);

    private VariableScope? Outer { get; } = outer;
}
