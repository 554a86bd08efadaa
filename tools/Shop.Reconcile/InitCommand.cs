using System.Text.Json;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconcile;

/// <summary>Writes a configuration from what a database says of its own keys.</summary>
internal static class InitCommand
{
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Terminal console, CancellationToken cancellationToken)
    {
        var options = Options.Parse("init", words, ["source", "tables", "tls", "tls-ca"], []);
        var source = DatabaseUrl.Parse("source", options.Get("source"), console.Variable);
        var login = new DatabaseLogin(new GivenSecrets(source), DatabaseUrl.Tls(options.Find("tls")), options.Find("tls-ca"));
        await using var session = await login.OpenAsync(source.Endpoint, cancellationToken);
        var draft = await PlanDraft.ReadAsync(session, cancellationToken);
        var wanted = options.Find("tables")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var plans = draft.Plans(wanted ?? []);
        foreach (var table in draft.Keyless)
        {
            await console.Error.WriteLineAsync($"shop-reconcile: {table} has no primary key and is left out.");
        }

        if (plans.Count == 0)
        {
            throw new UsageException($"{source.Endpoint.Database} has no table with a primary key{(wanted is null ? "" : $" among {string.Join(", ", wanted)}")}.");
        }

        await console.SayAsync(JsonSerializer.Serialize(new ConfigFile(plans), ToolJson.Default.ConfigFile));
        return ExitCode.Equal;
    }
}
