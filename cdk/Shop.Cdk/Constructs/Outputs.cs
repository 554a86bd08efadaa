using Amazon.CDK;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>What `make deploy` prints at its end.</summary>
internal static class Outputs
{
    public static void Add(Construct scope, string id, string description, string value) =>
        _ = new CfnOutput(scope, id, new CfnOutputProps { Description = description, Value = value });
}
