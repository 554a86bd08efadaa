using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Shop.Ui.Backends;

/// <summary>Time-outs and repetitions of back-end calls. What is not safe to repeat is sent once.</summary>
internal static class Resilience
{
    /// <summary>Set on a POST that may be repeated though it has no idempotency key.</summary>
    public static readonly HttpRequestOptionsKey<bool> Repeatable = new("Shop.Repeatable");

    public static void ForPages(ResiliencePipelineBuilder<HttpResponseMessage> pipeline) => pipeline
        .AddTimeout(TimeSpan.FromSeconds(7))
        .AddRetry(Retry(attempts: 2, TimeSpan.FromMilliseconds(100)))
        .AddTimeout(TimeSpan.FromSeconds(5));

    public static void ForSubmit(ResiliencePipelineBuilder<HttpResponseMessage> pipeline) => pipeline
        .AddTimeout(TimeSpan.FromSeconds(8))
        .AddRetry(Retry(attempts: 4, TimeSpan.FromMilliseconds(200)))
        .AddTimeout(TimeSpan.FromSeconds(4));

    private static HttpRetryStrategyOptions Retry(int attempts, TimeSpan delay) => new()
    {
        MaxRetryAttempts = attempts,
        Delay = delay,
        BackoffType = DelayBackoffType.Exponential,
        MaxDelay = TimeSpan.FromSeconds(1.5),
        UseJitter = true,
        // A person waits for this page; the Retry-After of a back-end is for clients that don't.
        ShouldRetryAfterHeader = false,
        ShouldHandle = args => ValueTask.FromResult(
            args.Context.GetRequestMessage() is { } request && MayRepeat(request) && Failed(args.Outcome, request)),
    };

    private static bool MayRepeat(HttpRequestMessage request) =>
        request.Method != HttpMethod.Post
        || request.Headers.Contains("Idempotency-Key")
        || (request.Options.TryGetValue(Repeatable, out var repeatable) && repeatable);

    // A 500 says nothing about whether the order was written: with a key, ask again. A page gains nothing by asking again.
    private static bool Failed(Outcome<HttpResponseMessage> outcome, HttpRequestMessage request) =>
        outcome.Exception is HttpRequestException or TimeoutRejectedException or IOException
        || (outcome.Result is { } response && BackendClient.IsUnavailable(response.StatusCode))
        || (outcome.Result?.StatusCode == HttpStatusCode.InternalServerError && request.Method == HttpMethod.Post);
}
