using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;

namespace Shop.Asl.States;

/// <summary>Reads the items of a distributed Map from an object in S3.</summary>
internal sealed class ItemReader(Template? parameters, ItemFormat format)
{
    public const string GetObject = "arn:aws:states:::s3:getObject";

    /// <summary>Of CSV; null if they are in the first row.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    public char Delimiter { get; init; } = ',';

    public Expression? MaxItems { get; init; }

    public async ValueTask<Outcome> ReadAsync(Frame frame, string state, JsonElement input)
    {
        var scope = new Scope(input, frame.Context);
        var request = parameters is null ? Json.EmptyObject : parameters.Evaluate(scope);
        var most = MaxItems is null ? int.MaxValue : ItemBatcher.Positive(MaxItems, scope, "MaxItemsPath");
        var invocation = new TaskInvocation(GetObject, request, state, frame.Run.Options.ExecutionArn, null);
        var call = await frame.Run.Options.Tasks.StartAsync(invocation, frame.Cancellation).SettleAsync(frame.Cancellation);
        frame.Cancellation.ThrowIfCancellationRequested();
        if (!call.IsCompletedSuccessfully)
        {
            var failure = await call.FailureAsync();
            return Failed(failure is TaskFailureException named ? $"{named.Error}: {named.Cause}" : failure.Message);
        }

        return Parse((await call).GetProperty("Body"u8).GetString()!, most);
    }

    private Outcome Parse(string body, int most)
    {
        try
        {
            return format switch
            {
                ItemFormat.Csv => new(Json.Array([.. Rows(body).Take(most)])),
                ItemFormat.JsonLines => new(Json.Array([.. body.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(most).Select(Json.Parse)])),
                _ => Json.Parse(body) is { ValueKind: JsonValueKind.Array } items
                    ? new(items.GetArrayLength() <= most ? items : Json.Array([.. items.EnumerateArray().Take(most)]))
                    : Failed("Attempting to map over non-iterable node."),
            };
        }
        catch (JsonException problem)
        {
            return Failed($"The object is not valid JSON: {problem.Message}");
        }
    }

    private IEnumerable<JsonElement> Rows(string body)
    {
        var rows = Csv.Parse(body, Delimiter);
        var headers = Headers ?? (rows.Count > 0 ? rows[0] : []);
        foreach (var row in rows.Skip(Headers is null ? 1 : 0))
        {
            yield return Json.Build((headers, row), static (writer, it) =>
            {
                writer.WriteStartObject();
                for (var i = 0; i < it.headers.Count; i++)
                {
                    // A row that is too short has empty fields; what has no header is dropped.
                    writer.WriteString(it.headers[i], i < it.row.Length ? it.row[i] : "");
                }

                writer.WriteEndObject();
            });
        }
    }

    private static Outcome Failed(string cause) => new StatesException(ErrorNames.ItemReaderFailed, cause);
}
