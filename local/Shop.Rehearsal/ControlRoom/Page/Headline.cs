using Shop.Asl;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>The answer to "what is wrong, what do I do, is it working?" in two sentences and at most two buttons.</summary>
internal sealed record Headline(string Level, string Title, string Detail, IReadOnlyList<CommandButton> Next)
{
    public static Headline Of(RoomView room)
    {
        var move = room.Executions.FirstOrDefault(e => e.StateMachineName is "regional-failover" or "failback" && e.Status == ExecutionStatus.Running);
        var lost = room.Regions.FirstOrDefault(r => !r.IsOn);
        return room.Approvals.Count > 0 ? Asks(room.Approvals[0])
            : move is not null ? Moves(move)
            : lost is { IsWriter: true } ? WriterLost(room, lost)
            : lost is not null ? OtherLost(room, lost)
            : Broken(room) ?? Stopped(room) ?? Compares(room) ?? Well(room);
    }

    private static Headline Asks(ApprovalView approval) => new("bad", $"{approval.Subject}",
        $"{(approval.Mode is null ? "The state machine" : approval.Mode == "failover" ? "An unplanned failover" : "A planned move")} in {approval.Region} waits for a yes or a no; silence means no.{(approval.Reason is null ? "" : $" Started because: {approval.Reason}")}", [CommandButton.Approve, CommandButton.Deny]);

    private static Headline Moves(Execution move) => new("move", $"The store moves to {MoveClock.RegionOf(move)}",
        $"{move.StateMachineName} runs. Nothing to do: the graph shows where it is. Orders that are in doubt are retried by the shoppers' browsers with the same key.", []);

    private static Headline WriterLost(RoomView room, RegionView lost)
    {
        var other = room.Regions.First(r => r != lost);
        return new("bad", $"{lost.Name} is lost, and it was the writer: no orders can be placed",
            room.AlarmIsArmed ? $"The alarm in {other.Name} starts the failover by itself after three failed journeys. You may start it sooner." : $"The alarm starts nothing here: start the failover to {other.Name}.",
            [CommandButton.Failover(other.Name)]);
    }

    private static Headline OtherLost(RoomView room, RegionView lost) => new("warn", $"The store runs in {room.Writer?.Name ?? "the other Region"} alone; {lost.Name} is lost",
        "Shoppers are served. When the Region is back, its databases are compared with the new writer and what is missing is reported.", [CommandButton.Restore(lost.Name)]);

    private static Headline? Broken(RoomView room)
    {
        if (room.Faults.Count > 0)
        {
            var names = string.Join(", ", room.Faults.Select(f => f.Title));
            return new("warn", room.Faults.Count == 1 ? names : $"{room.Faults.Count} faults: {names}", room.Faults[0].Kind.Effect, [CommandButton.Heal]);
        }

        var down = room.Regions.SelectMany(r => r.Dependencies.Where(d => d.Health == Health.Down).Select(d => $"{d.Name} in {r.Name}")).ToList();
        return down.Count == 0 ? null : new("warn", $"{string.Join(", ", down)} {(down.Count == 1 ? "does" : "do")} not answer",
            "Nobody has broken it here. If it does not come back by itself, the logs of the run say why.", []);
    }

    private static Headline? Stopped(RoomView room)
    {
        var last = room.Executions.FirstOrDefault(e => e.StateMachineName is "regional-failover" or "failback");
        return last is null || last.Status is ExecutionStatus.Running or ExecutionStatus.Succeeded ? null
            : new("warn", $"The last {last.StateMachineName} ended {ExecutionOutcome.Name(last.Status)}: {last.Outcome.Error ?? "no reason given"}",
                "The red state in the graph is where. Its panel says why, and a redrive goes on from there.", [CommandButton.Redrive(last)]);
    }

    private static Headline? Compares(RoomView room) => !room.Executions.Any(e => e.StateMachineName == "reconciliation" && e.Status == ExecutionStatus.Running) ? null
        : new("move", "Orders of the lost Region are being compared with the new writer",
            "A copy of the old primary is restored beside it. The report appears below when it is done.", []);

    private static Headline Well(RoomView room)
    {
        var missing = room.Reports.FirstOrDefault(r => r.Database == "orders" && r.Missing > 0);
        var writer = room.Writer?.Name ?? "nobody";
        return missing is null || room.Executions.FirstOrDefault(e => e.StateMachineName == "regional-failover") is not { } move || missing.WrittenAt < move.StartDate
            ? new("ok", "All is well", $"{writer} writes, both Regions serve shoppers.{(room.Shoppers == 0 ? " Nobody buys yet: send some shoppers." : "")}", room.Shoppers == 0 ? [CommandButton.SendShoppers] : [])
            : new("ok", $"The store runs in {writer}; {missing.Missing} orders are missing and reported",
                $"{missing.Money} of acknowledged orders did not survive. Open the report to decide about each of them; then give the store back.",
                room.Writer?.Role == "standby" ? [CommandButton.Failback] : []);
    }
}
