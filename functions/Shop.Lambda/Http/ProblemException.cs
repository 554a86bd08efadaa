using Shop.Contracts;

namespace Shop.Lambda.Http;

/// <summary>Carries a problem to the client from where a handler can't return one.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail ?? problem.Title)
{
    public Problem Problem { get; } = problem;
}
