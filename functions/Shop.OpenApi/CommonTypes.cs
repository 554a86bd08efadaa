using Shop.Contracts;

namespace Shop.OpenApi;

/// <summary>The types that every API answers.</summary>
internal static class CommonTypes
{
    public static void Describe(SchemaCatalog types)
    {
        types.Of<Problem>()
            .WholeNumber(400, 599, "status")
            .Choice(
                "type", ProblemTypes.InvalidRequest, ProblemTypes.NotFound, ProblemTypes.MethodNotAllowed, ProblemTypes.UnsupportedMediaType,
                ProblemTypes.PayloadTooLarge, ProblemTypes.Conflict, ProblemTypes.IdempotencyMismatch, ProblemTypes.Forbidden,
                ProblemTypes.Unavailable, ProblemTypes.Unexpected)
            .Explain("type", "Stable: what a client may decide by.")
            .Explain("errors", "What is wrong with each field, by its JSON path.")
            .Example(
                """
                {"type":"urn:shop:problem:invalid-request","title":"The request is not valid.","status":400,"instance":"/orders",
                 "errors":{"items[0].quantity":["must be from 1 to 1000"]}}
                """);
        types.Of<Health>()
            .Choice("status", "ok", "unavailable")
            .Explain("dependencies", "\"ok\" or \"unavailable\" for each; empty when the question was a shallow one.");
    }
}
