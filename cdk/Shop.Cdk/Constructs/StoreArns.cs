using Amazon.CDK;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>ARNs that can be computed before the thing exists.</summary>
internal sealed class StoreArns(Construct scope, Deployment deployment, RegionSettings region)
{
    private readonly Stack _stack = Stack.Of(scope);

    public string StateMachine(string name) => Arn("states", region.Code, $"stateMachine:{deployment.Name(name)}");

    public string Executions(string name) => Arn("states", region.Code, $"execution:{deployment.Name(name)}:*");

    public string Alarm(string name) => Arn("cloudwatch", region.Code, $"alarm:{deployment.Name(name)}");

    public string Table(string name) => Arn("dynamodb", region.Code, $"table/{deployment.Name(name)}");

    public string GlobalCluster(string database) => $"arn:{_stack.Partition}:rds::{_stack.Account}:global-cluster:{deployment.Name(database)}";

    public string Cluster(string database, RegionSettings of) => Arn("rds", of.Code, $"cluster:{deployment.Name(database, of)}");

    public string Rds(string resource) => Rds(resource, region);

    public string Rds(string resource, RegionSettings of) => Arn("rds", of.Code, resource);

    public string Rule(string name) => Arn("events", region.Code, $"rule/{name}");

    private string Arn(string service, string code, string resource) => $"arn:{_stack.Partition}:{service}:{code}:{_stack.Account}:{resource}";
}
