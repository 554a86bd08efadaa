using System.Text.Json.Nodes;

namespace Shop.Cdk.Tests.Account;

/// <summary>What a stack brings into an account, as lines for the played CDK: <c>region kind name words …</c>. Only what the scripts see.</summary>
internal static class PlayedResources
{
    private static readonly string[] BothRegions = ["us-east-1", "us-west-2"];

    public static IEnumerable<string> Of(Template template)
    {
        var region = template.Name.Contains("-standby-", StringComparison.Ordinal) ? "us-west-2" : "us-east-1";
        yield return $"{region} stacks {template.Name} protected";
        foreach (var (id, resource) in template.Resources)
        {
            foreach (var (kind, name, words, everywhere) in Of(template.Name, id, resource))
            {
                // What a stack keeps is protected, too, where it can be.
                var kept = resource["DeletionPolicy"]?.ToString() == "Retain" ? "retained " : "";
                foreach (var where in everywhere ? BothRegions : [region])
                {
                    yield return $"{where} {kind} {name.Replace('/', ':')} {(where == region ? template.Name : "replica")} {kept}{words}";
                }
            }
        }
    }

    private static IEnumerable<(string Kind, string Name, string Words, bool Everywhere)> Of(string stack, string id, JsonObject resource)
    {
        var p = resource.Properties();
        string Value(string property) => p[property]!.ToString();
        var environment = stack.Split('-')[1];
        return resource.Type() switch
        {
            "AWS::S3::Bucket" => [("buckets", $"{stack}-{id}".ToLowerInvariant(), $"environment={environment}", false)],
            "AWS::RDS::DBCluster" => [("clusters", Value("DBClusterIdentifier"), "protected", false)],
            "AWS::RDS::DBInstance" => [("db-instances", Value("DBInstanceIdentifier"), $"cluster={Value("DBInstanceIdentifier")[..^2]}", false)],
            "AWS::RDS::GlobalCluster" => [("global-clusters", Value("GlobalClusterIdentifier"), "", false)],
            "AWS::DynamoDB::GlobalTable" => [("tables", Value("TableName"), "protected", true)],
            "AWS::SecretsManager::Secret" => [("secrets", Value("Name"), "", true)],
            "AWS::Logs::LogGroup" => [("logs", Value("LogGroupName"), "", false)],
            "AWS::SSM::Parameter" => [("parameters", Value("Name"), "", false)],
            "AWS::KMS::Key" => [("keys", $"shop-{environment}-store", "", false)],
            "AWS::ElasticLoadBalancingV2::LoadBalancer" => [("balancers", Value("Name"), p.ToJsonString().Contains("""deletion_protection.enabled","Value":"true""", StringComparison.Ordinal) ? "protected" : "", false)],
            "AWS::EC2::Instance" => [("instances", $"i-{id}", p["DisableApiTermination"]?.ToString() == "true" ? "protected" : "", false)],
            "AWS::StepFunctions::StateMachine" => [("machines", Value("StateMachineName"), "", false)],
            "AWS::Lambda::Function" => [("functions", Value("FunctionName"), p["ReservedConcurrentExecutions"] is { } reserved ? $"reserved={reserved}" : "", false)],
            "AWS::ECR::Repository" => [("images", Value("RepositoryName"), "", false)],
            "AWS::ECS::Service" => [("services", $"shop-{environment}-ui", "", false)],
            _ => [],
        };
    }
}
