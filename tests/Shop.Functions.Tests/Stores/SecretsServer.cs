using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Tests.Stores;

/// <summary>Answers <c>GetSecretValue</c> as Secrets Manager does.</summary>
public sealed class SecretsServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Username, string Password)>> _secrets = new();
    private WebApplication? _server;

    public string Url => _server!.Urls.Single();

    public static async Task<SecretsServer> StartAsync()
    {
        var secrets = new SecretsServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        secrets._server = builder.Build();
        secrets._server.MapPost("/", secrets.AnswerAsync);
        await secrets._server.StartAsync();
        return secrets;
    }

    /// <summary>The values that are answered one after the other; the last one stays.</summary>
    public void Set(string id, params (string Username, string Password)[] values) => _secrets[id] = new(values);

    public async ValueTask DisposeAsync()
    {
        await _server!.StopAsync();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var id = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement.GetProperty("SecretId").GetString()!;
        if (!_secrets.TryGetValue(id, out var values) || !values.TryPeek(out var value))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("""{"__type":"ResourceNotFoundException"}""");
            return;
        }

        if (values.Count > 1)
        {
            values.TryDequeue(out _);
        }

        var secret = $$"""{"username":{{Quote(value.Username)}},"password":{{Quote(value.Password)}}}""";
        await context.Response.WriteAsync($$"""{"Name":{{Quote(id)}},"SecretString":{{Quote(secret)}}}""");
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
