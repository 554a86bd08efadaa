namespace Shop.Lambda.Runtime;

internal sealed record Invocation(InvocationContext Context, byte[] Payload);
