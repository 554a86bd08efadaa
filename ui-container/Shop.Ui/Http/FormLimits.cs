using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Shop.Ui.Visits;

namespace Shop.Ui.Http;

/// <summary>How fast one visitor may post forms: faster than any person, slower than a program that means harm. Reading is not limited.</summary>
internal static class FormLimits
{
    private const int VisitorBurst = 60;
    private const int VisitorPerSecond = 10;

    // Of all visitors of an address, for many may share one, and a session is whatever a client says it is.
    private const int AddressBurst = 1000;
    private const int AddressPerSecond = 300;

    public static void AddFormLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(LimitVisitor), PartitionedRateLimiter.Create<HttpContext, string>(LimitAddress));
        limiter.OnRejected = (rejected, _) =>
        {
            var after = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    });

    private static RateLimitPartition<string> LimitVisitor(HttpContext context) =>
        IsForm(context) && context.RequestServices.GetRequiredService<Visit>() is { IsNew: false } visit ? Bucket(visit.SessionId, VisitorBurst, VisitorPerSecond) : Unlimited;

    private static RateLimitPartition<string> LimitAddress(HttpContext context) => IsForm(context) ? Bucket(Address(context), AddressBurst, AddressPerSecond) : Unlimited;

    private static RateLimitPartition<string> Unlimited => RateLimitPartition.GetNoLimiter("");

    private static bool IsForm(HttpContext context) => HttpMethods.IsPost(context.Request.Method);

    private static RateLimitPartition<string> Bucket(string key, int burst, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    /// <summary>The last address is the one that the load balancer saw; the ones before it are what a client claims.</summary>
    private static string Address(HttpContext context) =>
        context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [.., var last]
            ? last
            : context.Connection.RemoteIpAddress?.ToString() ?? "?";
}
