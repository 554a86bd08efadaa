using System.Text.RegularExpressions;

namespace Shop.Ui;

/// <summary>Asks the store that runs beside it, in the same container, whether it is well. For the image's health check.</summary>
internal static partial class HealthProbe
{
    private const int DefaultPort = 8080;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>The process's exit code: 0 when the store is well.</returns>
    public static async Task<int> AskAsync(string? urls)
    {
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{PortOf(urls)}/health"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The store does not answer: {e.Message}");
            return 1;
        }
    }

    /// <summary>The port of the first http address; the host part may be a pattern such as <c>+</c>.</summary>
    internal static int PortOf(string? urls) =>
        HttpPort().Match(urls ?? "") is { Success: true } match ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : DefaultPort;

    [GeneratedRegex(@"http://[^/;]+:(\d{1,5})")]
    private static partial Regex HttpPort();
}
