namespace Shop.Lambda;

/// <summary>What Lambda says of an invocation. In an HTTP function it is a feature: <c>context.Features.Get&lt;ILambdaInvocation&gt;()</c>, null on Kestrel.</summary>
public interface ILambdaInvocation
{
    string RequestId { get; }

    /// <summary>When Lambda ends the function, answered or not.</summary>
    DateTimeOffset Deadline { get; }

    string FunctionArn { get; }

    /// <summary>The X-Ray trace header, <c>Root=…;Parent=…;Sampled=…</c>.</summary>
    string? TraceId { get; }

    bool IsColdStart { get; }

    /// <summary>JSON from the SDK of a mobile client, or of a caller who sent <c>ClientContext</c>.</summary>
    string? ClientContext { get; }

    /// <summary>JSON with the caller's Cognito identity.</summary>
    string? CognitoIdentity { get; }
}
