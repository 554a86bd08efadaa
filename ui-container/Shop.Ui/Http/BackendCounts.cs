using System.Globalization;
using Shop.Ui.Visits;

namespace Shop.Ui.Http;

/// <summary>Says in <c>Server-Timing</c> how many back-end calls an answer took: browsers show it, and the bench counts it.</summary>
internal static class BackendCounts
{
    public const string Header = "Server-Timing";

    public static void UseBackendCounts(this WebApplication app) => app.Use((context, next) =>
    {
        var visit = context.RequestServices.GetRequiredService<Visit>();
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = string.Create(CultureInfo.InvariantCulture, $"backends;desc=\"{visit.BackendCalls}\"");
            return Task.CompletedTask;
        });
        return next(context);
    });
}
