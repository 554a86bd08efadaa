using System.Runtime.InteropServices;
using Shop.Benchmarks.Harness;
using Shop.Rehearsal.Hosting;

namespace Shop.Benchmarks.Suites;

/// <summary>What Lambda has to fetch before a cold start: the zips of <c>make package</c>.</summary>
internal static class PackageSizes
{
    public static IEnumerable<Measurement> Measure(Workspace workspace)
    {
        var architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        var folder = Path.Combine(workspace.Artifacts, "package", $"linux-{architecture}");
        var zips = Directory.GetFiles(folder, "shop-*.zip").Order().ToList();
        return zips.Count > 0
            ? zips.Select(zip => new Measurement($"zip {Path.GetFileNameWithoutExtension(zip)}", "MB", Megabytes(zip), []))
            : throw new BenchException($"There are no packages in {folder}: run `make package`.");
    }

    private static Samples Megabytes(string file)
    {
        var size = new Samples();
        size.Add(new FileInfo(file).Length / 1e6);
        return size;
    }
}
