using Shop.Contracts;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.Backends;

/// <summary>Outermost handler of every call: passes trace and correlation id on, and tells the visit which Region answered or that none did.</summary>
internal sealed class BackendWatch(IHttpContextAccessor accessor, ILogger<BackendWatch> logger) : DelegatingHandler
{
    private const string Trace = "X-Amzn-Trace-Id";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = accessor.HttpContext;
        var visit = context?.RequestServices.GetService<Visit>();
        if (context?.Request.Headers[Trace].ToString() is { Length: > 0 } trace)
        {
            request.Headers.TryAddWithoutValidation(Trace, trace);
        }

        if (context is not null)
        {
            request.Headers.TryAddWithoutValidation(CorrelationId.Header, RequestLog.CorrelationOf(context));
        }

        var service = request.RequestUri?.Segments.ElementAtOrDefault(1)?.TrimEnd('/') ?? "?";
        visit?.Called();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("X-Region", out var regions))
            {
                visit?.AnsweredFrom(regions.First());
            }

            if (BackendClient.IsUnavailable(response.StatusCode))
            {
                visit?.MissedAnAnswer();
                Log.BackendUnavailable(logger, service, response.StatusCode.ToString());
            }

            return response;
        }
        catch (Exception e) when (BackendClient.IsUnavailable(e, cancellationToken))
        {
            visit?.MissedAnAnswer();
            Log.BackendUnavailable(logger, service, e.GetType().Name);
            throw;
        }
    }
}
