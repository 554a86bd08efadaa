namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>An error of Lambda itself, by its API name: <c>TooManyRequestsException</c>, <c>ResourceNotFoundException</c>, <c>ServiceException</c>.</summary>
public sealed class FunctionServiceException(string errorType, string message, Exception? inner = null) : Exception(message, inner)
{
    public string ErrorType { get; } = errorType;
}
