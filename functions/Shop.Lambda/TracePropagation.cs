using Shop.Contracts;

namespace Shop.Lambda;

/// <summary>Passes the trace and the correlation id on to the services that a request calls.</summary>
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
        if (CorrelationContext.Current is { } correlation && !request.Headers.Contains(CorrelationId.Header))
            request.Headers.TryAddWithoutValidation(CorrelationId.Header, correlation);
        return base.SendAsync(request, cancellationToken);
    }
}
