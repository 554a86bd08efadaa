namespace Shop.Rehearsal.LoadBalancing;

public sealed record LoadBalancerOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>In the order of their priority. A path that none matches gets 503.</summary>
    public required IReadOnlyList<ListenerRule> Rules { get; init; }

    /// <summary>The target groups' attribute <c>lambda.multi_value_headers.enabled</c>.</summary>
    public bool MultiValueHeaders { get; init; } = true;

    /// <summary>How long a target may take: 504 after that.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public string Account { get; init; } = "000000000000";

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
