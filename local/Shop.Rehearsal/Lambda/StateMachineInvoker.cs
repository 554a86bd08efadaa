using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Lambda;

/// <summary>Lets the Region's state machines invoke its functions.</summary>
public sealed class StateMachineInvoker(LambdaService lambda) : IFunctionInvoker
{
    public async Task<FunctionAnswer> InvokeAsync(string functionNameOrArn, byte[] payload, CancellationToken cancellationToken)
    {
        try
        {
            var result = await lambda.InvokeAsync(functionNameOrArn, payload, traceId: null, cancellationToken);
            return new FunctionAnswer(result.Payload.ToArray(), result.IsError, result.ExecutedVersion);
        }
        catch (LambdaServiceException e)
        {
            throw new FunctionServiceException(e.ErrorType, e.Message, e);
        }
    }
}
