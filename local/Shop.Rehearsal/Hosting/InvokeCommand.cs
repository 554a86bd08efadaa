using System.Text;
using System.Text.Json;
using Shop.Rehearsal.Lambda;

namespace Shop.Rehearsal.Hosting;

/// <summary>Sends an event to a function of a running rehearsal, as <c>aws lambda invoke</c> does, and prints its answer.</summary>
internal static class InvokeCommand
{
    private const int NotRunning = 3;
    private const int UsageError = 2;

    /// <param name="workspace">Where the rehearsal runs.</param>
    /// <param name="function">With or without the prefix <c>shop-</c>.</param>
    /// <param name="file">Holds the event.</param>
    /// <param name="region"><c>primary</c>, <c>standby</c> or a Region's code.</param>
    public static async Task<int> RunAsync(Workspace workspace, string function, string file, string region)
    {
        if (function.Length == 0 || !File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"Say which function and which event: invoke catalog tests/events/catalogue-list.json. There is no file '{file}'.");
            return UsageError;
        }

        if (!File.Exists(workspace.EndpointsFile))
        {
            await Console.Error.WriteLineAsync("No rehearsal is running here. Start one with `make up`.");
            return NotRunning;
        }

        var endpoints = JsonSerializer.Deserialize(await File.ReadAllTextAsync(workspace.EndpointsFile), EndpointsJson.Default.EndpointsFile)!;
        var code = region switch { "primary" => endpoints.Roles.Primary, "standby" => endpoints.Roles.Standby, _ => region };
        if (!endpoints.Regions.TryGetValue(code, out var found))
        {
            await Console.Error.WriteLineAsync($"There is no Region '{region}'; say primary, standby or one of {string.Join(", ", endpoints.Regions.Keys)}.");
            return UsageError;
        }

        // The Region's AWS services share an address.
        return await RunAsync(new Uri(found.StepFunctions), function, await File.ReadAllBytesAsync(file), Console.Out, Console.Error);
    }

    /// <returns>0, or 1 when the function failed or nothing ran. An HTTP status is an answer, whatever it says.</returns>
    internal static async Task<int> RunAsync(Uri aws, string function, byte[] payload, TextWriter output, TextWriter error)
    {
        var name = function.StartsWith("shop-", StringComparison.Ordinal) || function.StartsWith("arn:", StringComparison.Ordinal) ? function : $"shop-{function}";
        using var http = new HttpClient { BaseAddress = aws, Timeout = TimeSpan.FromMinutes(16) };
        using var content = new ByteArrayContent(payload);
        try
        {
            using var response = await http.PostAsync(new Uri(LambdaEndpoints.PathOf(name), UriKind.Relative), content);
            var answer = await response.Content.ReadAsByteArrayAsync();
            if (response.IsSuccessStatusCode && !response.Headers.Contains("X-Amz-Function-Error"))
            {
                await output.WriteLineAsync(Read(answer));
                return 0;
            }

            await error.WriteLineAsync($"{name} failed: {Encoding.UTF8.GetString(answer)}");
            return 1;
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync($"{aws} does not answer ({e.Message}). Its Region may be lost.");
            return 1;
        }
    }

    /// <summary>A load balancer's answer as status and body; any other as it is.</summary>
    private static string Read(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("statusCode", out var status))
        {
            return Encoding.UTF8.GetString(answer);
        }

        var body = document.RootElement.TryGetProperty("body", out var text) ? text.GetString() ?? "" : "";
        var isBase64 = document.RootElement.TryGetProperty("isBase64Encoded", out var encoded) && encoded.GetBoolean();
        var reason = document.RootElement.TryGetProperty("statusDescription", out var description) ? description.GetString() : status.ToString();
        return $"{reason}\n{(isBase64 ? Encoding.UTF8.GetString(Convert.FromBase64String(body)) : body)}".TrimEnd('\n');
    }
}
