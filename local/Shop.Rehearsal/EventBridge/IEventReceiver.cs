namespace Shop.Rehearsal.EventBridge;

/// <summary>A service that rules can have as a target.</summary>
public interface IEventReceiver
{
    /// <summary>Beginning of the ARNs that this one receives for.</summary>
    string ArnPrefix { get; }

    /// <summary>An exception means that the event was not taken and is tried again.</summary>
    Task ReceiveAsync(string targetArn, string eventId, string input, CancellationToken cancellationToken);
}
