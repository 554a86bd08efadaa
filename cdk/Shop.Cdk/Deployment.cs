using System.Collections.Generic;
using System.Linq;

namespace Shop.Cdk;

/// <summary>One environment of the store: its name, its Regions, its choices, and the names that both Regions must know before either exists.</summary>
internal sealed record Deployment
{
    public required string Environment { get; init; }
    public required RegionSettings Primary { get; init; }

    /// <summary>Null: a deployment of one Region.</summary>
    public required RegionSettings? Standby { get; init; }

    public required string Domain { get; init; }

    /// <summary>A public hosted zone that exists; null: a private zone, made by the deployment.</summary>
    public required string? HostedZoneId { get; init; }

    public required Routing Routing { get; init; }
    public required bool HeadlessStandby { get; init; }
    public required bool StandbyBroker { get; init; }
    public required bool ArmedTrigger { get; init; }
    public required bool ApprovalRequired { get; init; }
    public required int MaxRpoSeconds { get; init; }
    public required int CooldownMinutes { get; init; }
    public required int PreflightMinutes { get; init; }

    /// <summary>Minutes between two runs of a canary; 0: none.</summary>
    public required int CanaryMinutes { get; init; }

    public required double MinimumCapacity { get; init; }
    public required double MaximumCapacity { get; init; }
    public required string EngineVersion { get; init; }
    public required string BrokerInstance { get; init; }
    public required int EndpointZones { get; init; }
    public required int MinimumUiTasks { get; init; }
    public required bool ReserveConcurrency { get; init; }
    public required bool Deletable { get; init; }
    public required bool Client { get; init; }
    public required bool WindowsClient { get; init; }
    public required bool OpenOrderList { get; init; }
    public required int LogDays { get; init; }
    public required int BackupDays { get; init; }
    public required int MonthlyBudget { get; init; }
    public required string? NotificationEmail { get; init; }
    public required string UiImageTag { get; init; }
    public required string Architecture { get; init; }

    /// <summary>Where the repository is.</summary>
    public required string Folder { get; init; }

    /// <summary>Not 3306: a port that scanners don't try first.</summary>
    public const int DatabasePort = 3310;

    public static IReadOnlyList<string> Databases { get; } = ["catalog", "orders"];

    public IEnumerable<RegionSettings> Regions => Standby is null ? [Primary] : [Primary, Standby];

    public bool HasTwoRegions => Standby is not null;

    /// <summary>Domain name and certificates are given: the store is on the internet and speaks HTTPS only.</summary>
    public bool IsPublic => Primary.CertificateArn is not null;

    public string StoreName => $"store.{Domain}";

    public string StoreUrl => $"{Scheme}://{StoreName}/";

    public string Scheme => IsPublic ? "https" : "http";

    public RegionSettings? PeerOf(RegionSettings region) => region.Role == RegionRole.Primary ? Standby : Primary;

    /// <summary>A name that is the same in both Regions: <c>shop-dev-orders</c>.</summary>
    public string Name(string part) => $"shop-{Environment}-{part}";

    /// <summary>A name of one Region's own: <c>shop-dev-orders-us-east-1</c>.</summary>
    public string Name(string part, RegionSettings region) => $"{Name(part)}-{region.Code}";

    /// <summary>The load balancer's own name: UI on the scheme's port, APIs on <see cref="ApiPort"/>.</summary>
    public string HostOf(RegionSettings region) => $"{region.RoleName}.{Domain}";

    public int ApiPort => IsPublic ? 8443 : 8080;

    public string ApiUrl(RegionSettings region) => $"{Scheme}://{HostOf(region)}:{ApiPort}/";

    public string Package(string function) => $"artifacts/package/linux-{Architecture}/{function}.zip";
}

internal enum Routing
{
    /// <summary>Routing controls of an ARC cluster: the strongest, and by far the dearest part of the whole store.</summary>
    Arc,

    /// <summary>Health checks on metrics that a function writes in each Region: a few dollars, and about two minutes slower.</summary>
    HealthChecks,
}
