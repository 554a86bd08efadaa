using Shop.Nemesis.History;

namespace Shop.Nemesis.Checking;

/// <summary>Decides the invariants from a history and the final state, by rules of its own. Pure, so that a test can show what makes each fail.</summary>
internal static class Checker
{
    public static IReadOnlyList<Judgement> Check(IReadOnlyList<Operation> history, Finals finals)
    {
        var case_ = new Case(history, finals);
        return
        [
            OrderChecks.NothingLostSilently(case_), OrderChecks.GapsAreBounded(case_), OrderChecks.NothingInvented(case_), OrderChecks.ReportIsExact(case_),
            OrderChecks.NoOrderTwice(case_), OrderChecks.RefusedStaysRefused(case_), ReignChecks.NoSplitBrain(case_), ReignChecks.TrafficFollows(case_),
            EventChecks.EventsOnce(case_), OrderChecks.CartAndOrderAgree(case_), MoneyChecks.MoneyIsConserved(case_), RunChecks.RunsEndOnce(case_),
            ReignChecks.EpochsAreLegal(case_), RunChecks.ItRecovers(case_), RunChecks.ActsAreRecorded(case_), RunChecks.ReplayConverges(case_),
            OrderChecks.NoVoid(case_),
        ];
    }

    /// <summary>The fewest orders with which an invariant still fails: halves are left out as long as it does. Empty when it is not about orders.</summary>
    public static IReadOnlyList<Guid> Shrink(IReadOnlyList<Operation> history, Finals finals, string invariant)
    {
        var keys = history.Where(o => o.Key is not null).Select(o => o.Key!.Value)
            .Concat(finals.New.Select(o => o.Id)).Concat(finals.Deliveries.Select(d => d.OrderId)).Distinct().ToList();
        if (!Fails(keys) || Fails([]))
        {
            return [];
        }

        for (var parts = 2; keys.Count > 1;)
        {
            var size = (keys.Count + parts - 1) / parts;
            var smaller = keys.Chunk(size).Select(part => keys.Except(part).ToList()).FirstOrDefault(Fails);
            if (smaller is not null)
            {
                keys = smaller;
                parts = Math.Max(2, parts - 1);
            }
            else if (parts >= keys.Count)
            {
                break;
            }
            else
            {
                parts = Math.Min(keys.Count, parts * 2);
            }
        }

        return keys;

        bool Fails(List<Guid> only)
        {
            var set = only.ToHashSet();
            return Check([.. history.Where(o => o.Key is null || set.Contains(o.Key.Value))], finals.Only(set)).Single(j => j.Invariant == invariant).Truth == Truth.Invalid;
        }
    }
}
