using System.Text.Json.Serialization;

namespace Shop.Rehearsal.Hosting;

/// <summary><c>artifacts/local/endpoints.json</c>: where a running rehearsal is reached. Written when all is ready, removed at the end.</summary>
internal sealed record EndpointsFile(
    string FrontDoor,
    string ControlRoom,
    EndpointRoles Roles,
    IReadOnlyList<string> Arc,
    IReadOnlyDictionary<string, RegionEndpoints> Regions,
    string ControlTokenFile,
    int ProcessId);

internal sealed record EndpointRoles(string Primary, string Standby);

internal sealed record RegionEndpoints(
    string Alb,
    string Ui,
    string StepFunctions,
    string DynamoDb,
    string Redis,
    string RabbitMq,
    string S3,
    IReadOnlyDictionary<string, DatabaseEndpoint> Mysql,
    IReadOnlyDictionary<string, string> StateMachines);

internal sealed record DatabaseEndpoint(string Host, int Port, string User, string PasswordFile);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EndpointsFile))]
internal sealed partial class EndpointsJson : JsonSerializerContext;
