using System.Net.Http.Headers;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>A DynamoDB-compatible server whose tables survive a restart.</summary>
public sealed class DynaliteServer : Engine
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private DynaliteServer(EngineHost host, string name)
        : base(host, name)
    {
    }

    public Uri Endpoint => new($"http://127.0.0.1:{Port}");

    public static async Task<DynaliteServer> StartAsync(EngineHost host, string name, CancellationToken cancellationToken = default)
    {
        var server = new DynaliteServer(host, name);
        await server.StartAsync(cancellationToken);
        return server;
    }

    protected override Task<ChildCommand> PrepareAsync(int port, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateDirectory(DataDirectory);
        return Task.FromResult(new ChildCommand
        {
            Name = Name,
            File = Programs.Find("node"),
            Arguments = [
                Repository.DynaliteProgram, "--host", "127.0.0.1", "--port", $"{port}", "--path", DataDirectory,
                "--createTableMs", "0", "--deleteTableMs", "0", "--updateTableMs", "0"],
            LogFile = Host.Folder.LogFor(Name),
            DataDirectory = DataDirectory,
        });
    }

    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint);
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        request.Content = new ByteArrayContent("{}"u8.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var answer = await Http.SendAsync(request, cancellationToken);
        // It refuses the unsigned request, by its own kind of answer.
        return answer.Headers.Contains("x-amzn-RequestId");
    }
}
