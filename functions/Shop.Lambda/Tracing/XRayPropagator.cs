using System.Diagnostics;

namespace Shop.Lambda.Tracing;

/// <summary>
/// Tells ASP.NET Core the trace that a request belongs to, so that <see cref="Activity.Current"/> continues it: X-Ray's header of the request or of the
/// invocation, else W3C's. It is asked only when an Activity is made at all.
/// </summary>
internal sealed class XRayPropagator(DistributedContextPropagator inner) : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [TraceContext.Header, .. inner.Fields];

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        string? header = null;
        getter?.Invoke(carrier, TraceContext.Header, out header, out _);
        if (!XRayTrace.TryParse(header, out var parent) && !XRayTrace.TryParse(TraceContext.Current, out parent))
        {
            inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
            return;
        }

        traceId = $"00-{parent.TraceId}-{parent.SpanId}-0{(int)parent.TraceFlags}";
        traceState = null;
    }

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => inner.Inject(activity, carrier, setter);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
        inner.ExtractBaggage(carrier, getter);
}
