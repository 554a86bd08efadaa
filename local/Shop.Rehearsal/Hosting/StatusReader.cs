using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.Links;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Hosting;

/// <summary>Reads what runs where from the parts themselves.</summary>
internal static class StatusReader
{
    public static HostStatus Read(HostParts parts)
    {
        var (processes, megabytes) = ProcessTree.Measure();
        return Read(parts, processes, megabytes);
    }

    private static HostStatus Read(HostParts parts, int processes, long megabytes) => new(
        [.. parts.Regions.Select(r => Region(parts, r))],
        parts.Databases.Status(),
        [.. parts.Regions.SelectMany(r => r.StepFunctions.Executions.Select(e => new ExecutionStatusLine(
            r.Name, e.StateMachineName, e.Name, e.Status.ToString().ToUpperInvariant(), e.StartDate, e.Outcome.Error))).OrderByDescending(e => e.StartedAt)],
        [.. parts.Regions.SelectMany(r => r.Approvals.Pending.Select(a => $"{r.Name}: {a.Message.Subject}"))],
        [.. Faults(parts)],
        [.. parts.Regions.SelectMany(r => ReportFolder.Newest(Path.Combine(r.S3Folder, FunctionCatalog.ReportBucket)))
            .GroupBy(r => r.Database).Select(g => g.MaxBy(r => r.WrittenAt)!)],
        processes,
        megabytes);

    private static RegionStatus Region(HostParts parts, LocalRegion region) => new(
        region.Name,
        region.Name == parts.Options.Primary ? "primary" : "standby",
        region.Power.IsOn,
        parts.Arc.IsOn(region.Name),
        region.CloudWatch.Alarms.FirstOrDefault(a => a.Alarm.Name == Journeys.PeerDownAlarm)?.State.Name ?? "",
        region.Ui!.Address,
        region.LoadBalancer.Address,
        region.Aws.Address,
        region.FunctionProcesses,
        (region.Redis.IsRunning ? 1 : 0) + (region.Dynalite.IsRunning ? 1 : 0) + parts.Databases.RunningIn(region.Name));

    private static IEnumerable<string> Faults(HostParts parts) =>
        parts.Links
            .Where(l => l.Fault.Kind != LinkFaultKind.Pass).Select(l => $"{l.Name}: {l.Fault.Kind}")
            .Concat(parts.Regions.Where(r => !r.Power.IsOn).Select(r => $"{r.Name} is lost"));
}
