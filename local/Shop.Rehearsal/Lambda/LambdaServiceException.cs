namespace Shop.Rehearsal.Lambda;

/// <summary>Lambda refused, and no function ran.</summary>
/// <param name="errorType">As in its API: <c>ResourceNotFoundException</c>, <c>TooManyRequestsException</c>, <c>ServiceException</c>.</param>
public sealed class LambdaServiceException(string errorType, int status, string message) : Exception(message)
{
    public string ErrorType { get; } = errorType;

    public int Status { get; } = status;
}
