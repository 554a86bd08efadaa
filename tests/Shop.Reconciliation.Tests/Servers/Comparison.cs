using System.Text.Json;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Storage;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Tests.Servers;

/// <summary>Runs the tasks of one reconciliation in the order in which the state machine does.</summary>
internal sealed class Comparison(TwoPrimaries servers, string database, ReconciliationPlan plan, RowHash? hash = null)
{
    private static readonly TaskContext Context = new("request", DateTimeOffset.MaxValue, null, "arn");

    public MemoryFiles Files { get; } = new();

    public PlanInput Input { get; set; } = new(
        "run-1", plan.Name, servers.Source(database), servers.Target(database), Moments.FailoverStartedAt, Moments.PromotedAt, 800);

    public PlanOutput? Planned { get; private set; }

    public async Task<Report> RunAsync()
    {
        await PlanAsync();
        await CompareAllAsync();
        await ReportAsync();
        return JsonSerializer.Deserialize(Files.Text("report.json"), RJson.Default.Report)!;
    }

    public async Task PlanAsync()
    {
        var folder = Directory.CreateTempSubdirectory("shop-plan-").FullName;
        try
        {
            await File.WriteAllBytesAsync(
                Path.Combine(folder, $"{plan.Name}.json"), JsonSerializer.SerializeToUtf8Bytes(plan, RJson.Default.ReconciliationPlan));
            Planned = await new PlanTask(TwoPrimaries.Login, Files, folder, hash).RunAsync(Input, Context, default);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async Task CompareAllAsync()
    {
        foreach (var phase in (string[])[CompareInput.Versions, CompareInput.Content])
        {
            foreach (var group in Planned!.Groups)
            {
                await CompareAsync(group.Group, phase);
            }
        }
    }

    public Task<CompareOutput> CompareAsync(int group, string phase) =>
        new CompareTask(TwoPrimaries.Login, Files, hash).RunAsync(
            new(Input.RunId, Input.Database, group, Input.Source, Input.Target, phase), Context, default);

    public Task<ReportOutput> ReportAsync() =>
        new ReportTask(Files, TimeProvider.System).RunAsync(new(Input.RunId, Input.Database, "orders-us-east-1", "us-east-1"), Context, default);
}
