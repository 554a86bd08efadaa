using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.EventBridge;

/// <summary>Starts an execution for each event. Delivery is at least once: whoever is started must know the event's id.</summary>
public sealed class StateMachineReceiver(StepFunctionsService service) : IEventReceiver
{
    public string ArnPrefix => $"arn:aws:states:{service.Region}:";

    public Task ReceiveAsync(string targetArn, string eventId, string input, CancellationToken cancellationToken)
    {
        // The name that EventBridge gives: the event's id and a random part, so that it never makes two deliveries one.
        service.Start(targetArn, $"{eventId}_{Guid.CreateVersion7()}", input);
        return Task.CompletedTask;
    }
}
