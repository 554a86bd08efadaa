using Shop.Nemesis.Checking;
using Shop.Nemesis.History;
using Shop.Nemesis.Rows;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Running;

/// <summary>Runs rows on one store, heals between them, and judges each by the checker.</summary>
internal sealed class RowRunner(NemesisStore store, int seed, string commit, bool isShort)
{
    private readonly HashSet<Guid> _excluded = [];
    private readonly FinalsReader _reader = new(store);

    public async Task<RowResult> RunAsync(Row row, CancellationToken cancellationToken)
    {
        if (row.RunAsync is null)
        {
            return Result(row, new RowRun(store, cancellationToken), RowStatus.NotInjected, row.WhyNot, [], []);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(row.Limit);
        var run = new RowRun(store, limit.Token) { IsShort = isShort };
        void Tell(string text) => run.Say(text);
        store.Host.Happened += Tell;
        string? trouble = null;
        var status = RowStatus.Passed;
        try
        {
            await row.RunAsync(run);
        }
        catch (NotInjectableException e)
        {
            (status, trouble) = (RowStatus.NotInjected, e.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            (status, trouble) = (RowStatus.Failed, limit.IsCancellationRequested ? $"not done within {row.Limit.TotalMinutes:0} min" : $"{e.GetType().Name}: {e.Message}");
        }
        finally
        {
            store.Host.Happened -= Tell;
        }

        return await JudgeAsync(row, run, status, trouble, cancellationToken);
    }

    private async Task<RowResult> JudgeAsync(Row row, RowRun run, RowStatus status, string? trouble, CancellationToken cancellationToken)
    {
        IReadOnlyList<Judgement> judgements = [];
        IReadOnlyList<Guid> smallest = [];
        try
        {
            await run.StopTrafficAsync();
            run.EndBands();
            await store.SettleAsync(cancellationToken);
            await store.QuietAsync(cancellationToken);
            _excluded.UnionWith(run.Excluded);
            var history = store.Log.All.Where(o => o.Key is not { } key || !_excluded.Contains(key)).ToList();
            var mine = store.Log.All.Skip((int)run.FirstOperation).Where(o => o.Key is not null && o is { F: "submit", Type: OperationType.Ok }).Select(o => o.Key!.Value).ToHashSet();
            var finals = await _reader.ReadAsync(run.Since, mine, run.Visitors, cancellationToken);
            finals = finals.Without(_excluded) with { Replay = run.Replay, Recovery = run.Recovery };
            judgements = Checker.Check(history, finals);
            foreach (var broken in judgements.Where(j => j.Truth == Truth.Invalid))
            {
                var few = Checker.Shrink(history, finals, broken.Invariant);
                smallest = smallest.Count == 0 ? few : smallest;
                // What one row broke must not fail all that come after it.
                _excluded.UnionWith(broken.Keys);
            }

            if (smallest.Count > 0 || judgements.Any(j => j.Truth == Truth.Invalid))
            {
                var folder = Path.Combine(Workspace.Find().Artifacts, "nemesis", "histories");
                await OperationLog.WriteAsync(history.Where(o => o.Index >= run.FirstOperation || smallest.Contains(o.Key ?? Guid.Empty)), Path.Combine(folder, $"{row.Id}-seed{seed}.jsonl"), cancellationToken);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            trouble = $"{(trouble is null ? "" : trouble + "; ")}could not be judged: {e.GetType().Name}: {e.Message}";
            status = RowStatus.Failed;
        }
        finally
        {
            run.Visitors.ForEach(v => v.Dispose());
        }

        if (status == RowStatus.Passed)
        {
            (status, trouble) = Verdict(row, run, judgements);
        }

        return Result(row, run, status, trouble, judgements, smallest);
    }

    private static (RowStatus, string?) Verdict(Row row, RowRun run, IReadOnlyList<Judgement> judgements)
    {
        if (judgements.FirstOrDefault(j => j.Truth == Truth.Invalid) is { } broken)
        {
            return (RowStatus.Failed, $"{broken.Invariant}: {broken.Because}");
        }

        if (run.Expectations.FirstOrDefault(e => !e.Holds) is { } other)
        {
            return (RowStatus.Failed, $"expected: {other.Text}");
        }

        if (run.Proofs.Count == 0 || run.Proofs.Any(p => !p.Holds))
        {
            return (RowStatus.Failed, $"the fault is not proven effective: {run.Proofs.FirstOrDefault(p => !p.Holds)?.Text ?? "nothing shows it"}");
        }

        return judgements.FirstOrDefault(j => row.Invariants.Contains(j.Invariant) && j.Truth != Truth.Valid) is { } unknown && run.Deviations.Count == 0
            ? (RowStatus.Failed, $"{unknown.Invariant} could not be shown: {unknown.Because}")
            : (run.Deviations.Count > 0 ? RowStatus.Deviates : RowStatus.Passed, null);
    }

    private RowResult Result(Row row, RowRun run, RowStatus status, string? reason, IReadOnlyList<Judgement> judgements, IReadOnlyList<Guid> smallest)
    {
        var operations = store.Log.All.Skip((int)run.FirstOperation).Where(o => o.F == "submit").ToList();
        return new RowResult(
            row.Id, row.Name, row.Seems, row.Fault, row.Expected, status, reason, seed, commit, run.Since, TimeProvider.System.GetUtcNow(), run.Bands, run.Proofs, run.Expectations, run.Deviations,
            [.. judgements.Select(j => new ShownJudgement(j.Invariant, j.Says, j.Truth, j.Because, row.Invariants.Contains(j.Invariant)))], run.Timeline,
            [.. operations.Where(o => o.Type == OperationType.Ok).Select(o => o.At)], operations.Count(o => o.Type == OperationType.Ok), operations.Count(o => o.Type == OperationType.Info),
            operations.Count(o => o.Type == OperationType.Fail), smallest);
    }
}
