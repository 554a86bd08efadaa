using System.Text.Json;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>What a state machine can have in AWS and not here. The defaults of the service are accepted, anything else is refused by name.</summary>
internal static class UnsupportedConfiguration
{
    public static void Refuse(JsonElement input)
    {
        if (Text(input, "loggingConfiguration", "level") is { } level && level != "OFF")
        {
            throw new AwsServiceException("InvalidLoggingConfiguration", $"Invalid Logging Configuration: executions write no logs here, so the level must be OFF, not '{level}'");
        }

        if (Member(input, "tracingConfiguration", "enabled") is { ValueKind: JsonValueKind.True })
        {
            throw new AwsServiceException("InvalidTracingConfiguration", "Invalid Tracing Configuration: there is no tracing here");
        }

        if (Text(input, "encryptionConfiguration", "type") is { } key && key != "AWS_OWNED_KEY")
        {
            throw new AwsServiceException("InvalidEncryptionConfiguration", $"Invalid Encryption Configuration: nothing is encrypted here, so the type must be AWS_OWNED_KEY, not '{key}'");
        }

        if (input.OptionalBool("publish") == true)
        {
            throw AwsRequest.Invalid("State machines have no versions here: publish must be false");
        }

        if (input.OptionalString("versionDescription") is not null)
        {
            throw AwsRequest.Invalid("Version description can only be set when publish is true");
        }

        if (input.OptionalList("tags").Count > 0)
        {
            throw AwsRequest.Invalid("State machines have no tags here");
        }
    }

    private static string? Text(JsonElement input, string structure, string name) =>
        Member(input, structure, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement input, string structure, string name) =>
        input.TryGetProperty(structure, out var found) && found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var member) ? member : null;
}
