namespace Shop.Rehearsal.Hosting;

/// <summary>A function of the store: which executable, which handler of it, with which environment beside the common one.</summary>
/// <param name="Warm">Processes kept ready from the start, as provisioned concurrency does in AWS.</param>
internal sealed record FunctionSpec(
    string Name, string Project, string Handler, IReadOnlyDictionary<string, string> Environment, int TimeoutSeconds, int MaxConcurrency, int Warm);

/// <summary>Addresses that the functions of one Region are given. Locally other values, in AWS other values, the same names.</summary>
internal sealed record RegionAddresses
{
    public required string Region { get; init; }
    public required string PeerRegion { get; init; }
    public required Uri Aws { get; init; }
    public required Uri PeerAws { get; init; }
    public required Uri DynamoDb { get; init; }
    public required Uri S3 { get; init; }
    public required Uri LoadBalancer { get; init; }
    public required string Redis { get; init; }
    public required string Broker { get; init; }

    /// <summary>File with the certificate authority of the databases.</summary>
    public required string DatabaseAuthority { get; init; }

    /// <summary>File with the authorities that a function trusts besides, for public names; in AWS the zip carries Amazon's own.</summary>
    public required string TrustedAuthorities { get; init; }

    public required string ArcEndpoints { get; init; }
    public required IReadOnlyDictionary<string, (string Writer, string Reader)> Databases { get; init; }

    /// <summary>The other Region's own endpoint of each database, over the link between the Regions.</summary>
    public required IReadOnlyDictionary<string, string> PeerReaders { get; init; }
}
