namespace Shop.Rehearsal.Hosting;

/// <summary>What runs where, at one moment.</summary>
internal sealed record HostStatus(
    IReadOnlyList<RegionStatus> Regions,
    IReadOnlyList<DatabaseStatus> Databases,
    IReadOnlyList<ExecutionStatusLine> Executions,
    IReadOnlyList<string> Approvals,
    IReadOnlyList<string> Faults,
    IReadOnlyList<ReportLine> Reports,
    int Processes,
    long MemoryMegabytes);

/// <param name="Role"><c>primary</c> or <c>standby</c>: what the Region was built as.</param>
/// <param name="RoutingOn">Whether shoppers are sent there.</param>
internal sealed record RegionStatus(
    string Region, string Role, bool IsOn, bool RoutingOn, string Alarm, Uri Ui, Uri LoadBalancer, Uri Aws, int FunctionProcesses, int EngineProcesses);

internal sealed record DatabaseStatus(string Name, string Region, string Role, int Port, double? LagMilliseconds);

internal sealed record ExecutionStatusLine(string Region, string Machine, string Name, string Status, DateTimeOffset StartedAt, string? Error);

internal sealed record ReportLine(string Database, string Folder, DateTimeOffset WrittenAt);
