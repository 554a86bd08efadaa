using System.Text.Json;
using Shop.Reconciliation.Plans;

namespace Shop.Reconcile;

/// <summary>Reads a configuration and says what is wrong with it.</summary>
internal static class Config
{
    public static async Task<IReadOnlyList<ReconciliationPlan>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"--config: there is no file {path}. shop-reconcile init writes one from a database.");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var isList = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("aggregates", out _);
            IReadOnlyList<ReconciliationPlan> plans = isList
                ? document.RootElement.Deserialize(ToolJson.Default.ConfigFile)!.Aggregates
                : [document.RootElement.Deserialize(ToolJson.Default.ReconciliationPlan)!];
            foreach (var plan in plans)
            {
                PlanFile.Validate(plan);
                if (plan.Name.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || plan.Name.AsSpan().ContainsAny("/\\.:"))
                {
                    throw new UsageException($"{path}: '{plan.Name}' can't be the name of a folder; use letters, digits, - and _.");
                }
            }

            return plans.Select(p => p.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == plans.Count
                ? plans
                : throw new UsageException($"{path}: two aggregates have the same name.");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path} is not a configuration: {e.Message}");
        }
    }
}
