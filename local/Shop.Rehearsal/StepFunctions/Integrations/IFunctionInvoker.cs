namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>Invokes a function of this Region, synchronously.</summary>
public interface IFunctionInvoker
{
    /// <exception cref="FunctionServiceException">Lambda refused: nothing ran.</exception>
    Task<FunctionAnswer> InvokeAsync(string functionNameOrArn, byte[] payload, CancellationToken cancellationToken);
}
