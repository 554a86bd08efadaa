using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Compares one group of ranges. A retry writes the same files again.</summary>
internal sealed class CompareTask(DatabaseLogin login, IReportFiles files, RowHash hash)
{
    public async Task<CompareOutput> RunAsync(CompareInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.Database, input.RunId);
        var manifest = await files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
        var group = manifest.Groups.FirstOrDefault(g => g.Group == input.Group)
            ?? throw new ShopException("Shop.InvalidInput", $"The plan of {input.RunId} has no group {input.Group}.");

        await using var source = await login.OpenAsync(input.Source, cancellationToken);
        await using var target = await login.OpenAsync(input.Target, cancellationToken);
        var sql = new AggregateSql(manifest.Tables, hash);
        var comparer = new RangeComparer(
            new RangeReader(source, sql),
            new RangeReader(target, sql),
            new DifferenceBuilder(manifest.Plan, manifest.Boundary),
            manifest.Plan.LeafRows);

        var counts = new ClassCounter();
        var ranges = new List<RangeEvidence>();
        await using var file = new DifferenceFile();
        foreach (var range in group.Ranges)
        {
            ranges.Add(await comparer.CompareAsync(range, Found, cancellationToken));
        }

        var digest = await file.StoreAsync(files, keys.Differences(input.Group), cancellationToken);
        var result = new GroupResult(input.Group, ranges, file.Count, digest, counts.Extra, SqlTime.ToReport(target.ReadAt)!);
        await files.PutJsonAsync(keys.Group(input.Group), result, RJson.Default.GroupResult, cancellationToken);
        return new(input.Group, counts.Missing, counts.Changed, counts.Resurrected, counts.Extra.Created + counts.Extra.Updated);

        async Task Found(Difference difference)
        {
            counts.Add(difference);
            if (difference.Class != DifferenceClass.Extra)
            {
                await file.AddAsync(difference, cancellationToken);
            }
        }
    }
}
