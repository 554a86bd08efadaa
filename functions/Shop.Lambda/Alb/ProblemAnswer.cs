using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shop.Contracts;
using Shop.Lambda.Http;

namespace Shop.Lambda.Alb;

/// <summary>Answers that the server itself must give, because the application can't.</summary>
internal static class ProblemAnswer
{
    public static AlbAnswer For(Problem problem, string region) => new(
        problem.Status,
        null,
        new HeaderDictionary { ["Content-Type"] = "application/problem+json", ["X-Region"] = region },
        JsonSerializer.SerializeToUtf8Bytes(problem, ConventionsJson.Plain.Problem));
}
