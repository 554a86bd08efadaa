using Amazon.CDK;

namespace Shop.Cdk.Stacks;

/// <summary>What every stack of one Region is given.</summary>
internal sealed class RegionStackProps : StackProps
{
    public required Deployment Deployment { get; init; }
    public required RegionSettings Region { get; init; }

    public Facts Facts => new(Deployment);

    /// <summary><c>shop-dev-primary-data</c> in the Region's own code.</summary>
    public static RegionStackProps For(Deployment deployment, RegionSettings region, string part, string description) => new()
    {
        Deployment = deployment,
        Region = region,
        StackName = deployment.Name($"{region.RoleName}-{part}"),
        Description = description,
        // Without an account: the templates are the same for everyone, and nothing is looked up.
        Env = new Amazon.CDK.Environment { Region = region.Code },
        Tags = new System.Collections.Generic.Dictionary<string, string> { ["shop:environment"] = deployment.Environment, ["shop:role"] = region.RoleName },
        TerminationProtection = !deployment.Deletable && part is "data" or "global",
    };
}
