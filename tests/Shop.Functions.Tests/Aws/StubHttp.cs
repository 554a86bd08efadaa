using System.Net;

namespace Shop.Functions.Tests.Aws;

/// <summary>A server at the other end of an <see cref="HttpClient"/>: answers in turn, remembers what was asked.</summary>
internal sealed class StubHttp(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<(HttpRequestMessage Request, string Body)> Calls { get; } = [];

    public static Func<HttpResponseMessage> Answer(HttpStatusCode status, string body) =>
        () => new HttpResponseMessage(status) { Content = new StringContent(body) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add((request, await request.Content!.ReadAsStringAsync(cancellationToken)));
        return answers[Math.Min(Calls.Count, answers.Length) - 1]();
    }
}
