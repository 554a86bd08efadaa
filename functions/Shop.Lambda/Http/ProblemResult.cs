using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shop.Contracts;

namespace Shop.Lambda.Http;

/// <summary>Answers an <c>application/problem+json</c>. Handlers return it, or throw <see cref="ProblemException"/>.</summary>
public sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult, IValueHttpResult, IValueHttpResult<Problem>
{
    public Problem Value { get; } = problem;

    public int? StatusCode => Value.Status;

    object? IValueHttpResult.Value => Value;

    public static ProblemResult Invalid(IReadOnlyDictionary<string, string[]> errors, string? detail = null) => new(
        new Problem(ProblemTypes.InvalidRequest, "The request is not valid.", 400, detail, Errors: errors));

    public static ProblemResult Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static ProblemResult NotFound(string detail) => new(new Problem(ProblemTypes.NotFound, "Not found.", 404, detail));

    public static ProblemResult Forbidden(string detail) => new(new Problem(ProblemTypes.Forbidden, "Forbidden.", 403, detail));

    public static ProblemResult Conflict(string detail) =>
        new(new Problem(ProblemTypes.Conflict, "Conflicts with the current state.", 409, detail));

    public static ProblemResult IdempotencyMismatch(string detail) => new(
        new Problem(ProblemTypes.IdempotencyMismatch, "The idempotency key was used with another content.", 422, detail));

    public static ProblemResult Unavailable(string detail) =>
        new(new Problem(ProblemTypes.Unavailable, "Temporarily unavailable.", 503, detail));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            Value with { Instance = Value.Instance ?? httpContext.Request.Path.Value }, ConventionsJson.Plain.Problem);
        response.StatusCode = Value.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        if (Value.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "2";
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
