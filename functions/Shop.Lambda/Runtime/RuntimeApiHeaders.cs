using System.Text;

namespace Shop.Lambda.Runtime;

/// <summary>What comes with an invocation beside its payload; all but the request id is optional.</summary>
internal struct RuntimeApiHeaders
{
    private const string Prefix = "Lambda-Runtime-";

    public string? RequestId { get; private set; }

    /// <summary>Milliseconds since 1970.</summary>
    public string? DeadlineMs { get; private set; }

    public string? FunctionArn { get; private set; }

    public string? TraceId { get; private set; }

    /// <summary>JSON that a mobile client or a direct caller sent along.</summary>
    public string? ClientContext { get; private set; }

    /// <summary>JSON that says which Cognito identity called.</summary>
    public string? CognitoIdentity { get; private set; }

    /// <summary>Keeps the header if it is one of them, whatever the case of its name.</summary>
    public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        // No string is made of what nobody reads.
        if (name.Length <= Prefix.Length || !Ascii.EqualsIgnoreCase(name[..Prefix.Length], Prefix))
            return;
        var own = name[Prefix.Length..];
        if (Ascii.EqualsIgnoreCase(own, "Aws-Request-Id"u8)) RequestId = Encoding.UTF8.GetString(value);
        else if (Ascii.EqualsIgnoreCase(own, "Deadline-Ms"u8)) DeadlineMs = Encoding.UTF8.GetString(value);
        else if (Ascii.EqualsIgnoreCase(own, "Invoked-Function-Arn"u8)) FunctionArn = Encoding.UTF8.GetString(value);
        else if (Ascii.EqualsIgnoreCase(own, "Trace-Id"u8)) TraceId = Encoding.UTF8.GetString(value);
        else if (Ascii.EqualsIgnoreCase(own, "Client-Context"u8)) ClientContext = Encoding.UTF8.GetString(value);
        else if (Ascii.EqualsIgnoreCase(own, "Cognito-Identity"u8)) CognitoIdentity = Encoding.UTF8.GetString(value);
    }
}
