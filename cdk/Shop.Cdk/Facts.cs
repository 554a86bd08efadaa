using Amazon.CDK.AWS.SSM;
using Constructs;

namespace Shop.Cdk;

/// <summary>
/// What one part of a deployment finds out and another must know, as parameters in each Region's own Parameter Store. `cdk/deploy.sh` copies what a Region
/// publishes to the other one, so that no stack ever reads the other Region.
/// </summary>
internal sealed class Facts(Deployment deployment)
{
    /// <summary>Facts of the whole store, the same in both Regions.</summary>
    public const string Global = "global";

    public string NameOf(string owner, string fact) => $"/shop/{deployment.Environment}/{owner}/{fact}";

    public void Publish(Construct scope, string owner, string fact, string value) =>
        _ = new StringParameter(scope, $"Fact{Pascal(fact)}", new StringParameterProps { ParameterName = NameOf(owner, fact), StringValue = value });

    /// <summary>The value at the time of deployment, from this Region's own store.</summary>
    public string Read(Construct scope, string owner, string fact) => StringParameter.ValueForStringParameter(scope, NameOf(owner, fact));

    private static string Pascal(string fact) =>
        string.Concat(System.Array.ConvertAll(fact.Split('-'), part => char.ToUpperInvariant(part[0]) + part[1..]));
}
