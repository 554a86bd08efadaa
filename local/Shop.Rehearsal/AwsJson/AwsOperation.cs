using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.AwsJson;

/// <summary>One operation of a service: its input as sent, its output as answered.</summary>
public delegate Task<JsonObject> AwsOperation(JsonElement input, CancellationToken cancellationToken);
