using System.Diagnostics;

namespace Shop.Lambda.Tracing;

/// <summary>The Activity of a task's invocation, when somebody listens to <c>Shop.Lambda</c>. HTTP functions have ASP.NET Core's.</summary>
internal static class TaskTrace
{
    private static readonly ActivitySource Source = new("Shop.Lambda");

    public static Activity? Start(string handler, string? trace) => Source.HasListeners()
        ? Source.StartActivity(handler, ActivityKind.Server, XRayTrace.TryParse(trace, out var parent) ? parent : default)
        : null;
}
