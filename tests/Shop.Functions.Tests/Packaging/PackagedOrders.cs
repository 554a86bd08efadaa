using System.Diagnostics;
using System.Runtime.InteropServices;
using Shop.Functions.Tests.Packaging;
using Shop.Rehearsal.Engines;

[assembly: AssemblyFixture(typeof(PackagedOrders))]

namespace Shop.Functions.Tests.Packaging;

/// <summary>The orders function as <c>make package</c> makes it: compiled ahead of time and zipped. Takes a minute and more.</summary>
public sealed class PackagedOrders
{
    private readonly Lazy<Task<(int ExitCode, string Output)>> _run = new(() => RunScriptAsync());

    public static string Architecture { get; } = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    public static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "package", $"linux-{Architecture}");

    public static string Executable { get; } = Path.Combine(Folder, "shop-orders", "bootstrap");

    public static string Zip { get; } = Path.Combine(Folder, "shop-orders.zip");

    /// <summary>What the script said, once for all tests.</summary>
    public async Task<string> MakeAsync()
    {
        var (code, output) = await _run.Value;
        Assert.True(code == 0, output);
        return output;
    }

    public static async Task<(int ExitCode, string Output)> RunScriptAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "functions", "package.sh"), [Architecture, "Shop.Orders"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root,
        };
        // What a build hands to its children must not reach another one.
        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || k.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
