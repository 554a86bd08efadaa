using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Shop.Contracts;

namespace Shop.Lambda.Http;

/// <summary>Turns the framework's binding errors into problems that name the field in the client's terms.</summary>
internal static partial class BadRequests
{
    public static Problem From(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType => new Problem(
            ProblemTypes.UnsupportedMediaType, "Unsupported media type.", 415, "Send the body as application/json."),
        StatusCodes.Status408RequestTimeout => new Problem(ProblemTypes.InvalidRequest, "The request came in too slowly.", 408),
        _ when exception.InnerException is JsonException json => FromJson(json),
        _ => FromParameter(exception),
    };

    public static readonly Problem PayloadTooLarge = new(
        ProblemTypes.PayloadTooLarge, "The body is too large.", 413, $"A body has at most {HttpConventions.BodyLimit} bytes.");

    private static Problem FromJson(JsonException exception)
    {
        var path = exception.Path is { Length: > 0 } found ? found : "$";
        var errors = new Dictionary<string, string[]>();

        // The serializer tells missing and null members only in its message, with the path of the object around them.
        if (MissingProperties().Match(exception.Message) is { Success: true } missing)
            foreach (Match name in QuotedName().Matches(missing.Groups[1].Value))
                errors[Field(path, name.Groups[1].Value)] = ["is required"];
        else if (NullMember().Match(exception.Message) is { Success: true } member)
            errors[Field(path, Camel(member.Groups[1].Value))] = ["must not be null"];
        else if (exception.InnerException is FormatException or InvalidOperationException or OverflowException || CouldNotConvert(exception))
            errors[Field(path, null)] = ["has the wrong type or form"];
        else
            errors[Field(path, null)] = ["is not well-formed JSON here" + Position(exception)];

        return new Problem(ProblemTypes.InvalidRequest, "The body is not valid.", 400, Errors: errors);
    }

    private static bool CouldNotConvert(JsonException exception) =>
        exception.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal);

    private static string Position(JsonException exception) =>
        exception.LineNumber is { } line ? $" (line {line + 1}, byte {exception.BytePositionInLine + 1})" : "";

    // "$.items[0].quantity" -> "items[0].quantity": what Validation's callers write too.
    private static string Field(string path, string? member)
    {
        var field = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path == "$" ? "" : path[1..];
        var camel = string.Join('.', field.Split('.').Select(Camel));
        return (camel, member) switch
        {
            ("", null) => "$",
            ("", _) => member,
            (_, null) => camel,
            _ when camel == member || camel.EndsWith("." + member, StringComparison.Ordinal) => camel,
            _ => $"{camel}.{member}",
        };
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static Problem FromParameter(BadHttpRequestException exception)
    {
        var match = Parameter().Match(exception.Message);
        if (!match.Success)
            return new Problem(ProblemTypes.InvalidRequest, "The request is not valid.", 400, exception.Message);

        var field = exception.Message.Contains("body", StringComparison.Ordinal) ? "$" : match.Groups[1].Value;
        var message = exception.Message.StartsWith("Failed to bind", StringComparison.Ordinal) ? "has the wrong type or form" : "is required";
        return new Problem(ProblemTypes.InvalidRequest, "The request is not valid.", 400,
            Errors: new Dictionary<string, string[]> { [field] = [message] });
    }

    [GeneratedRegex("missing required properties including: (.+?)(?: Path: |$)", RegexOptions.Singleline)]
    private static partial Regex MissingProperties();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedName();

    [GeneratedRegex("(?:property|parameter|property or field|field) '([^']+)' on type")]
    private static partial Regex NullMember();

    [GeneratedRegex("parameter \"(?:[^\"]* )?([^\" ]+)\"")]
    private static partial Regex Parameter();
}
