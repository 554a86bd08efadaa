using System.Text;
using CsCheck;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Tests;

/// <summary>The Runtime API on a raw socket against servers that answer in every way that HTTP/1.1 allows, and in some that it does not.</summary>
public sealed class SocketTransportTests
{
    private static readonly string[] Heads = ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"];

    private const string Accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task One_connection_serves_many_calls()
    {
        using var server = new RawServer(RawServer.Keep(Event("a")), RawServer.Keep(Accepted), RawServer.Keep(Event("b")), RawServer.Keep(Accepted));
        using var transport = new SocketTransport(server.Address + "/w1", "test");

        var first = await NextAsync(transport);
        var accepted = await PostAsync(transport, "one");
        var second = await NextAsync(transport);
        await PostAsync(transport, "two");

        Assert.Equal(("a", "b", 202, 1), (first, second, accepted, server.Connections));
        Assert.StartsWith("GET /w1/2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1:", server.Requests[0], StringComparison.Ordinal);
        Assert.StartsWith("POST /w1/2018-06-01/runtime/invocation/r/response HTTP/1.1\r\n", server.Requests[1], StringComparison.Ordinal);
        Assert.EndsWith("\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\none", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_was_closed_meanwhile_is_opened_anew()
    {
        using var server = new RawServer(RawServer.HangUp(Event("a")), RawServer.HangUp(Accepted), RawServer.Keep(Event("b")));
        using var transport = new SocketTransport(server.Address, "test");

        await NextAsync(transport);
        await PostAsync(transport, "one");

        Assert.Equal("b", await NextAsync(transport));
        Assert.Equal(3, server.Connections);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_an_error_and_is_not_asked_for_again()
    {
        using var server = new RawServer(
            RawServer.Keep(Event("a")), RawServer.HangUp("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour"), RawServer.Keep(Event("b")));
        using var transport = new SocketTransport(server.Address, "test");
        await NextAsync(transport);

        var error = await Assert.ThrowsAsync<HttpRequestException>(async () => await NextAsync(transport));

        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal("b", await NextAsync(transport));
    }

    [Fact]
    public async Task Whoever_waits_for_work_is_woken_by_the_cancellation()
    {
        using var server = new RawServer(RawServer.Keep(Event("a")), RawServer.Keep());
        using var transport = new SocketTransport(server.Address, "test");
        await NextAsync(transport);
        using var stopping = new CancellationTokenSource();
        var waiting = Task.Run(async () => await transport.GetAsync("invocation/next", stopping.Token), TestContext.Current.CancellationToken);
        while (server.Requests.Count < 2)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error()
    {
        string address;
        using (var server = new RawServer())
            address = server.Address;
        using var transport = new SocketTransport(address, "test");

        var error = await Assert.ThrowsAsync<HttpRequestException>(async () => await NextAsync(transport));

        Assert.Equal(HttpRequestError.ConnectionError, error.HttpRequestError);
    }

    [Fact]
    public async Task A_large_answer_arrives_whole()
    {
        var payload = new string('x', 3_000_000);
        using var server = new RawServer(RawServer.Keep(Event(payload)), RawServer.Keep(Accepted));
        using var transport = new SocketTransport(server.Address, "test");

        Assert.Equal(payload, await NextAsync(transport));
        await PostAsync(transport, payload);

        Assert.EndsWith("\r\n\r\n" + payload, server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_carry_their_type_and_cause_on_one_line()
    {
        using var server = new RawServer(RawServer.Keep(Accepted));
        using var transport = new SocketTransport(server.Address, "test");

        await transport.PostAsync(new RuntimeApiPost("init/error", "{}"u8.ToArray(), "application/vnd.aws.lambda.error+json", "A\r\nB: c", "{\n}"), TestContext.Current.CancellationToken);

        Assert.Contains("\r\nLambda-Runtime-Function-Error-Type: A B: c\r\nLambda-Runtime-Function-XRay-Error-Cause: { }\r\n", server.Requests[0]);
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")]
    [InlineData("HTTP/1.1 200\r\nCONTENT-LENGTH:1\r\n\r\na")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n1;x=y\r\na\r\n0\r\nTrailer: t\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\na")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na")]
    public async Task Every_form_of_an_answer_is_read(string answer)
    {
        using var server = new RawServer(RawServer.HangUp(answer));
        using var transport = new SocketTransport(server.Address, "test");

        Assert.Equal("a", await NextAsync(transport));
    }

    [Theory]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\na")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\na")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\na")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\na\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\na\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5")]
    public async Task What_is_no_answer_is_an_error(string answer)
    {
        using var server = new RawServer(RawServer.HangUp(answer));
        using var transport = new SocketTransport(server.Address, "test");

        await Assert.ThrowsAsync<HttpRequestException>(async () => await NextAsync(transport));
    }

    [Fact]
    public Task Answers_in_any_pieces_and_chunks_are_read_as_they_were_meant() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 4000], Gen.Int[1, 900].Array[0, 12], Gen.Int[1, 700].Array[0, 20], Gen.Bool).SampleAsync(
            async (payload, chunks, cuts, upper) =>
            {
                var name = upper ? "LAMBDA-RUNTIME-AWS-REQUEST-ID" : "Lambda-Runtime-Aws-Request-Id";
                var answer = chunks.Length == 0
                    ? $"HTTP/1.1 200 OK\r\n{name}: r\r\nContent-Length: {payload.Length}\r\n\r\n{payload}"
                    : $"HTTP/1.1 200 OK\r\n{name}: r\r\nTransfer-Encoding: chunked\r\n\r\n{Chunked(payload, chunks)}";
                using var server = new RawServer(RawServer.Keep([.. Pieces(answer, cuts)]), RawServer.Keep(Event("next")));
                using var transport = new SocketTransport(server.Address, "test");

                var read = await transport.GetAsync("invocation/next", CancellationToken.None);

                return read.Headers.RequestId == "r" && Encoding.UTF8.GetString(read.Body.Span) == payload && await NextAsync(transport) == "next";
            },
            iter: 60, threads: 2);

    [Fact]
    public Task Garbage_is_an_error_and_never_hangs() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, Heads.Length - 1].Select(i => Heads[i])).SampleAsync(
            async (bytes, head) =>
            {
                using var server = new RawServer(new RawServer.Script([Encoding.ASCII.GetBytes(head), bytes], HangsUp: true));
                using var transport = new SocketTransport(server.Address, "test");
                try
                {
                    await Task.Run(async () => await transport.GetAsync("invocation/next", CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(20));
                }
                catch (HttpRequestException)
                {
                    // As it should be; that some garbage happens to be an answer is as well.
                }
            },
            iter: 150, threads: 2);

    private static string Event(string payload) =>
        $"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: r\r\nContent-Length: {payload.Length}\r\n\r\n{payload}";

    private static string Chunked(string payload, int[] sizes)
    {
        var text = new StringBuilder();
        for (int at = 0, i = 0; at < payload.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], payload.Length - at);
            text.Append($"{size:x}\r\n{payload.AsSpan(at, size)}\r\n");
            at += size;
        }

        return text.Append("0\r\n\r\n").ToString();
    }

    private static IEnumerable<string> Pieces(string text, int[] cuts)
    {
        var at = 0;
        foreach (var cut in cuts)
        {
            var size = Math.Min(cut, text.Length - at);
            if (size > 0)
                yield return text.Substring(at, size);
            at += size;
        }

        yield return text[at..];
    }

    private static async Task<string> NextAsync(SocketTransport transport) =>
        Encoding.UTF8.GetString((await transport.GetAsync("invocation/next", CancellationToken.None)).Body.Span);

    private static async Task<int> PostAsync(SocketTransport transport, string body) =>
        (await transport.PostAsync(new RuntimeApiPost("invocation/r/response", Encoding.UTF8.GetBytes(body)), CancellationToken.None)).Status;
}
