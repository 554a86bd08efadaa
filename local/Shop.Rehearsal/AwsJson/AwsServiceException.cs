using System.Text.Json.Nodes;

namespace Shop.Rehearsal.AwsJson;

/// <summary>An error as an AWS service answers it: its shape name, a message, and the other members of the shape.</summary>
public sealed class AwsServiceException(string errorType, string message, int statusCode = 400) : Exception(message)
{
    public string ErrorType { get; } = errorType;

    public int StatusCode { get; } = statusCode;

    public JsonObject Members { get; init; } = [];
}
