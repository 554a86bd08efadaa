namespace Shop.Lambda.Runtime;

/// <summary>The invocation that the current code belongs to.</summary>
internal sealed record InvocationContext(string RequestId, DateTimeOffset Deadline, string FunctionArn, string? TraceId, bool IsColdStart) : ILambdaInvocation
{
    private static readonly AsyncLocal<InvocationContext?> Value = new();

    public static InvocationContext? Current
    {
        get => Value.Value;
        set => Value.Value = value;
    }

    public string? ClientContext { get; init; }

    public string? CognitoIdentity { get; init; }
}
