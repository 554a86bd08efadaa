using System.Net;
using System.Text;
using Microsoft.Extensions.Primitives;
using Shop.Rehearsal.LoadBalancing;

namespace Shop.Testing;

/// <summary>Turns an HttpClient's requests into load balancer events for a function, and its answers back.</summary>
internal sealed class AlbEventHandler(FunctionDriver function, bool multiValue) : HttpMessageHandler
{
    private const string TargetGroup = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/under-test/0123456789abcdef";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var result = await function.InvokeAsync(AlbEvent.Write(await ReadAsync(request, cancellationToken), TargetGroup, multiValue));
        if (result.IsError)
        {
            throw new InvalidOperationException($"The function failed: {Encoding.UTF8.GetString(result.Payload.Span)}");
        }

        var answer = AlbAnswer.Read(result.Payload, multiValue);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            ReasonPhrase = answer.Reason,
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(answer.Body),
        };
        foreach (var (name, values) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                response.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return response;
    }

    private static async Task<AlbRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .Select(h => new KeyValuePair<string, StringValues>(h.Key.ToLowerInvariant(), h.Value.ToArray()))
            .Append(new("host", request.RequestUri!.Authority))
            .Append(new("x-forwarded-for", "127.0.0.1"))
            .Append(new("x-forwarded-proto", "http"))
            .Append(new("x-forwarded-port", "80"));
        return new AlbRequest(
            request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query.TrimStart('?'), headers.ToList(), body);
    }
}
