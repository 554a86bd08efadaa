using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shop.Contracts;

namespace Shop.Lambda.Http;

public static class ProblemResponses
{
    /// <summary>Names the problems that a route answers in the OpenAPI document.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.Produces<Problem>(status, "application/problem+json");
        return route;
    }
}
