using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Amazon.CDK;

namespace Shop.Cdk;

/// <summary>The app with the feature flags of <c>cdk.json</c>, also where no CDK command line runs it.</summary>
internal static class StoreApp
{
    /// <param name="folder">The repository.</param>
    /// <param name="outputFolder">Null: what the command line says.</param>
    /// <param name="settings">As by <c>-c key=value</c>.</param>
    public static App Create(string folder, string? outputFolder = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "cdk", "cdk.json")));
        var context = document.RootElement.GetProperty("context").EnumerateObject()
            .ToDictionary(p => p.Name, p => (object)(p.Value.ValueKind == JsonValueKind.True));
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            context[key] = value;
        }

        var app = new App(new AppProps { Context = context, Outdir = outputFolder, AnalyticsReporting = false });
        _ = new Store(app, DeploymentReader.Read(app.Node, folder));
        return app;
    }
}
