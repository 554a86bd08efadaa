using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Shop.Benchmarks.Harness;
using Shop.Rehearsal.Hosting;

namespace Shop.Benchmarks.Suites;

/// <summary>The UI from its process's start to its first answer: as its image has it, compiled ahead, beside the quick build, compiled as it runs.</summary>
internal static class UiStarts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(Workspace workspace, BenchOptions options, CancellationToken cancellationToken)
    {
        var ahead = Path.Combine(workspace.Artifacts, "ui", "Shop.Ui.dll");
        var quick = Path.Combine(workspace.Root, "ui-container", "Shop.Ui", "bin", "Release", "net10.0", "Shop.Ui.dll");
        Samples ours = new(), others = new(), ourWork = new(), otherWork = new();
        for (var i = -1; i < options.Runs; i++)
        {
            var (a, b) = (await StartAsync(ahead, cancellationToken), await StartAsync(quick, cancellationToken));
            // The first pair only brings the files into memory.
            if (i >= 0)
            {
                ours.Add(a.Wall);
                others.Add(b.Wall);
                ourWork.Add(a.Work);
                otherWork.Add(b.Work);
            }
        }

        // What the processor does, too: on a machine that others use, a start takes as long as they let it.
        return
        [
            new Measurement("UI, start to first answer", "ms", ours, [("compiled as it runs", others)]),
            new Measurement("UI, processor time of that", "ms", ourWork, [("compiled as it runs", otherWork)]),
        ];
    }

    private static async Task<(double Wall, double Work)> StartAsync(string program, CancellationToken cancellationToken)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
        foreach (var name in (string[])["CATALOG_URL", "CARTS_URL", "CHECKOUT_URL", "ORDERS_URL"])
        {
            // Nothing is asked of them: what is measured is the UI alone.
            start.Environment[name] = "http://127.0.0.1:9";
        }

        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment["DOTNET_TieredPGO"] = "0";
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new BenchException("dotnet can't be started.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            using var http = new HttpClient();
            while (!await AnswersAsync(http, new Uri($"{url}/health"), cancellationToken))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw new BenchException($"{program} does not answer.");
                }

                await Task.Delay(2, cancellationToken);
            }

            var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            process.Refresh();
            return (took, process.TotalProcessorTime.TotalMilliseconds);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(url, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
