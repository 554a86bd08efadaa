using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>All that the control room shows at one moment.</summary>
internal sealed record RoomView
{
    public required DateTimeOffset At { get; init; }

    public required Uri Store { get; init; }

    public required IReadOnlyList<RegionView> Regions { get; init; }

    public required IReadOnlyList<LinkView> Links { get; init; }

    public IReadOnlyList<ArcView> Arc { get; init; } = [];

    public IReadOnlyList<ActiveFault> Faults { get; init; } = [];

    /// <summary>Newest first, of both Regions.</summary>
    public IReadOnlyList<Execution> Executions { get; init; } = [];

    /// <summary>What is drawn while nothing has run.</summary>
    public StateMachineRecord? Preview { get; init; }

    public IReadOnlyList<ApprovalView> Approvals { get; init; } = [];

    public MoveClock? Clock { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Happening> Timeline { get; init; } = [];

    public IReadOnlyList<ReportView> Reports { get; init; } = [];

    public IReadOnlyList<AuditEntry> Audit { get; init; } = [];

    public JourneyFigures? Journeys { get; init; }

    public int Shoppers { get; init; }

    /// <summary>Whether the alarm starts a failover by itself.</summary>
    public bool AlarmIsArmed { get; init; } = true;

    public RegionView? Writer => Regions.FirstOrDefault(r => r.IsWriter);
}

/// <param name="Role"><c>primary</c> or <c>standby</c>: what it was built as.</param>
/// <param name="Copies">Its databases, and what each of them is now.</param>
/// <param name="Alarm">What this Region's alarm says of the other one.</param>
internal sealed record RegionView(
    string Name, string Role, bool IsOn, bool IsWriter, DateTimeOffset? LostAt, long? Epoch, bool RoutingOn, double SharePercent, string Alarm, Uri Ui,
    IReadOnlyList<DatabaseStatus> Copies, IReadOnlyList<Dependency> Dependencies, int Functions, double DynamoDbLagSeconds);

/// <param name="Mode">As <see cref="Links.LinkFaultKind"/> names it; <c>Pass</c> when all is well.</param>
internal sealed record LinkView(string Name, string Carries, string Mode, string Detail);

internal sealed record ArcView(string Region, string Fault);

/// <param name="Reason">Of whoever started what asks now.</param>
internal sealed record ApprovalView(string Region, string Subject, DateTimeOffset AskedAt, string? Mode, string? Reason);

internal sealed record Happening(DateTimeOffset At, string Text);

/// <param name="Missing">Acknowledged in the lost Region and not in the new one.</param>
/// <param name="Money">Of what is missing, written for people.</param>
internal sealed record ReportView(
    string Id, string Database, string Noun, DateTimeOffset WrittenAt, long Missing, long Changed, long Resurrected, string Money, string Completeness, string Folder);
