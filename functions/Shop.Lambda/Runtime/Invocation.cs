namespace Shop.Lambda.Runtime;

/// <param name="Context">Whose it is and how long it may take.</param>
/// <param name="Payload">Valid until the handler first waits for something: the buffer serves the next call too.</param>
internal sealed record Invocation(InvocationContext Context, ReadOnlyMemory<byte> Payload);
