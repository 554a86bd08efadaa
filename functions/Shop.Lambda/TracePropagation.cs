namespace Shop.Lambda;

/// <summary>Passes the trace header on to the services that a request calls.</summary>
public sealed class TracePropagation : DelegatingHandler
{
    public TracePropagation()
    {
    }

    public TracePropagation(HttpMessageHandler inner)
        : base(inner)
    {
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (TraceContext.Current is { } trace && !request.Headers.Contains(TraceContext.Header))
            request.Headers.TryAddWithoutValidation(TraceContext.Header, trace);
        return base.SendAsync(request, cancellationToken);
    }
}
