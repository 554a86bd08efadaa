using System.Text.Json;

namespace Shop.Rehearsal.Aurora;

/// <summary>A call's parameters in the spelling of Step Functions; a name that the action doesn't have is an error there too.</summary>
internal sealed class RdsParameters
{
    private readonly JsonElement _parameters;

    public RdsParameters(string action, JsonElement parameters, params ReadOnlySpan<string> known)
    {
        _parameters = parameters;
        foreach (var parameter in parameters.EnumerateObject())
        {
            if (!known.Contains(parameter.Name))
            {
                throw new RdsFault("InvalidParameterValue", $"{action} has no parameter {parameter.Name}; it has {string.Join(", ", known.ToArray())}.");
            }
        }
    }

    public string? Text(string name) =>
        _parameters.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw new RdsFault("InvalidParameterValue", $"{name} is not a text.")
            : null;

    public string Required(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw new RdsFault("MissingParameter", $"The request must contain the parameter {name}.");

    public bool Flag(string name) => _parameters.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
        _ => throw new RdsFault("InvalidParameterValue", $"{name} is neither true nor false."),
    };
}
