using System.Collections.Frozen;
using Shop.Asl;
using Shop.Rehearsal.ControlRoom.Graph;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>How far an execution is, in the handful of states by which a person would tell it. A state that a definition has no more is left out.</summary>
internal static class PhaseStrip
{
    private static readonly FrozenDictionary<string, (string Name, string State)[]> Phases = new Dictionary<string, (string, string)[]>
    {
        ["regional-failover"] =
        [
            ("Lock", "AcquireLock"), ("Judge", "EvaluatePreflight"), ("Fence", "Fence"), ("Approve", "AskApproval"), ("Promote", "PromoteDatabases"), ("Route", "RouteTraffic"),
            ("Test order", "Validate"), ("Prove", "ProveNothingLost"), ("Record", "RecordRun"), ("Compare", "StartReconciliations"), ("Tell", "NotifyActivated"),
        ],
        ["failback"] = [("Ready?", "CheckReady"), ("Approve", "AskApproval"), ("Move back", "ActivateRegion"), ("Serve both", "ServeBothRegions")],
        ["reconciliation"] =
        [
            ("Find snapshot", "FindSnapshot"), ("Copy", "CopySnapshot"), ("Restore", "RestoreCopy"), ("Plan", "Plan"), ("Compare", "Compare"), ("Report", "Report"), ("Clean up", "DeleteCluster"),
        ],
        ["aurora-failover"] = [("Describe", "Describe"), ("Read lag", "ReadLag"), ("Promote", "FailOver"), ("New epoch", "OpenEpoch"), ("Publish", "PublishEpoch")],
    }.ToFrozenDictionary();

    public static Html Render(Execution? execution)
    {
        if (execution is null || !Phases.TryGetValue(execution.StateMachineName, out var phases))
        {
            return Html.None;
        }

        var known = MachinePanel.LayoutOf(execution.StateMachine.Machine.Definition).AllNodes.Select(n => n.Node.Name).ToHashSet();
        var trace = ExecutionTrace.Of(execution);
        var shown = phases.Where(p => known.Contains(p.State)).Select(p => (p.Name, Status: trace.StatusOf(p.State))).ToList();
        var last = shown.FindLastIndex(p => p.Status != StateStatus.Waiting);
        var isOver = execution.Status != ExecutionStatus.Running;
        return Html.Of($"""
            <ol class="phases" aria-label="Phases of {execution.StateMachineName}">{Html.Each(shown.Select((p, i) => (p.Name, p.Status, Skipped: p.Status == StateStatus.Waiting && (i < last || isOver))), p => Html.Of(
                $"""<li data-status="{(p.Skipped ? "skipped" : p.Status.Code())}">{Words.Mark(p.Skipped ? "off" : MachinePanel.MarkOf(p.Status))}{p.Name}<span class="aside">: {(p.Skipped ? "not needed" : p.Status.Words())}</span></li>"""))}</ol>
            """);
    }
}
