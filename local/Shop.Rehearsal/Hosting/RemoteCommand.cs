using System.Text.Json;
using Shop.Rehearsal.ControlRoom;

namespace Shop.Rehearsal.Hosting;

/// <summary>A verb given to a rehearsal that runs in another terminal.</summary>
internal static class RemoteCommand
{
    private const int NotRunning = 3;

    public static async Task<int> RunAsync(Workspace workspace, string verb, string? argument)
    {
        if (!File.Exists(workspace.EndpointsFile))
        {
            return Complain("No rehearsal is running here. Start one with `make up`.");
        }

        var endpoints = JsonSerializer.Deserialize(await File.ReadAllTextAsync(workspace.EndpointsFile), EndpointsJson.Default.EndpointsFile)!;
        using var http = new HttpClient { BaseAddress = new Uri(endpoints.ControlRoom), Timeout = TimeSpan.FromMinutes(5) };
        try
        {
            var path = $"commands/{verb}{(argument is null ? "" : $"?argument={Uri.EscapeDataString(argument)}")}";
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
            request.Headers.Add(ControlAccess.TokenHeader, await File.ReadAllTextAsync(endpoints.ControlTokenFile));
            request.Headers.Add(ControlAccess.OperatorHeader, Uri.EscapeDataString(Environment.UserName));
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
            {
                Console.WriteLine(text);
                return 0;
            }

            await Console.Error.WriteLineAsync(text);
            return 1;
        }
        catch (Exception e) when (e is HttpRequestException or FileNotFoundException or DirectoryNotFoundException)
        {
            return Complain($"The rehearsal of process {endpoints.ProcessId} does not answer ({e.Message}). If it was killed, `make up` starts a new one.");
        }
    }

    private static int Complain(string text)
    {
        Console.Error.WriteLine(text);
        return NotRunning;
    }
}
