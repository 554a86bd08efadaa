using System.Text.Json.Nodes;

namespace Shop.Cdk.Tests;

/// <summary>Least privilege, over all policies of all stacks in all the ways that a store can be deployed.</summary>
public sealed class PermissionTests
{
    /// <summary>Actions that may stand beside a resource of <c>*</c>, and why.</summary>
    private static readonly Dictionary<string, string> WithoutResource = new()
    {
        ["ec2:CreateNetworkInterface"] = "a function in a VPC: the interface does not exist yet",
        ["ec2:DescribeNetworkInterfaces"] = "descriptions of EC2 have no resource",
        ["ec2:DescribeSubnets"] = "descriptions of EC2 have no resource",
        ["ec2:DeleteNetworkInterface"] = "a function in a VPC: the interface is Lambda's",
        ["ec2:AssignPrivateIpAddresses"] = "a function in a VPC: the interface is Lambda's",
        ["ec2:UnassignPrivateIpAddresses"] = "a function in a VPC: the interface is Lambda's",
        ["xray:PutTraceSegments"] = "traces have no resource",
        ["xray:PutTelemetryRecords"] = "traces have no resource",
        ["xray:GetSamplingRules"] = "traces have no resource",
        ["xray:GetSamplingTargets"] = "traces have no resource",
        ["logs:CreateLogDelivery"] = "log deliveries have no resource",
        ["logs:GetLogDelivery"] = "log deliveries have no resource",
        ["logs:UpdateLogDelivery"] = "log deliveries have no resource",
        ["logs:DeleteLogDelivery"] = "log deliveries have no resource",
        ["logs:ListLogDeliveries"] = "log deliveries have no resource",
        ["logs:PutResourcePolicy"] = "log deliveries have no resource",
        ["logs:DescribeResourcePolicies"] = "log deliveries have no resource",
        ["logs:DescribeLogGroups"] = "log deliveries have no resource",
        ["cloudwatch:GetMetricData"] = "metrics have no resource",
        ["cloudwatch:PutMetricData"] = "metrics have no resource; a condition names the namespace (below)",
        ["ecr:GetAuthorizationToken"] = "the token is the registry's",
        ["s3:ListAllMyBuckets"] = "Synthetics asks for it",
        ["tag:GetResources"] = "FIS finds its targets by tag",
        ["ec2:DescribeManagedPrefixLists"] = "descriptions of EC2 have no resource",
        ["ec2:DescribeNetworkAcls"] = "descriptions of EC2 have no resource",
        ["ec2:DescribeRouteTables"] = "descriptions of EC2 have no resource",
        ["ec2:DescribeTransitGatewayAttachments"] = "descriptions of EC2 have no resource",
        ["ec2:DescribeVpcEndpoints"] = "descriptions of EC2 have no resource",
        ["ec2:DescribeVpcPeeringConnections"] = "descriptions of EC2 have no resource",
        ["ec2:DescribeVpcs"] = "descriptions of EC2 have no resource",
        ["ec2:GetManagedPrefixListEntries"] = "FIS reads lists that it has just made",
        ["ssm:UpdateInstanceInformation"] = "a machine tells Systems Manager that it is there",
        ["ssmmessages:CreateControlChannel"] = "channels have no resource",
        ["ssmmessages:CreateDataChannel"] = "channels have no resource",
        ["ssmmessages:OpenControlChannel"] = "channels have no resource",
        ["ssmmessages:OpenDataChannel"] = "channels have no resource",
    };

    [Fact]
    public void No_role_may_do_everything_of_anything() =>
        Assert.Empty(AllStatements().SelectMany(WildActions));

    [Fact]
    public void A_resource_of_everything_needs_a_listed_reason() =>
        Assert.Empty(AllStatements().SelectMany(UnlistedWildResources));

    [Fact]
    public void Every_listed_reason_is_needed()
    {
        var used = AllStatements().Where(s => s.HasWildResource).SelectMany(s => s.Actions).ToHashSet();

        Assert.Empty(WithoutResource.Keys.Where(action => !used.Contains(action)));
    }

    [Fact]
    public void Metrics_are_written_to_a_named_namespace_only() =>
        Assert.All(AllStatements().Where(s => s.Actions.Contains("cloudwatch:PutMetricData")), s => Assert.Contains("cloudwatch:namespace", s.Json.ToJsonString(), StringComparison.Ordinal));

    [Fact]
    public void Only_copies_with_the_tag_of_this_environments_reconciliations_may_be_deleted()
    {
        var deletions = AllStatements().Where(s => s.Actions.Any(a => a.StartsWith("rds:Delete", StringComparison.Ordinal))).ToList();

        Assert.NotEmpty(deletions);
        Assert.All(deletions, s => Assert.All(s.Resources, r => Assert.Matches(@":(cluster|db):recon-\*$", r)));
        Assert.All(deletions, s => Assert.Matches("^shop-(dev|other)-databases$", s.Json["Condition"]?["StringEquals"]?["aws:ResourceTag/shop:databases"]?.ToString()));
        foreach (var file in (string[])["reconciliation", "replay"])
        {
            var made = JsonNode.Parse(File.ReadAllText(Path.Combine(Templates.Repository, "statemachines", $"{file}.asl.json")))!.Descendants().OfType<JsonObject>()
                .Where(o => o["Resource"] is JsonValue r && (r.ToString().EndsWith(":restoreDBClusterFromSnapshot", StringComparison.Ordinal) || r.ToString().EndsWith(":createDBInstance", StringComparison.Ordinal))).ToList();
            Assert.Equal(2, made.Count);
            Assert.All(made, m => Assert.Contains(m["Parameters"]!["Tags"].Each(), t => t["Key"]!.ToString() == "shop:databases" && t["Value"]!.ToString() == "${DbSubnetGroup}"));
        }
    }

    [Fact]
    public void An_experiment_changes_subnets_of_its_own_network_only() =>
        Assert.All(Sets().SelectMany(t => t.All("AWS::IAM::Policy")).SelectMany(p => p.Resource.Properties()["PolicyDocument"]!["Statement"].Each())
            .Where(s => s["Action"].Each().Any(a => a.ToString().EndsWith("Association", StringComparison.Ordinal) || a.ToString().EndsWith("AssociateRouteTable", StringComparison.Ordinal))),
            s => Assert.Contains(":vpc/", s["Condition"]?["ArnEquals"]?["ec2:Vpc"].Text() ?? "", StringComparison.Ordinal));

    [Fact]
    public void Nobody_may_change_permissions() =>
        // Flow logs are handed their own role.
        Assert.Empty(AllStatements().Where(s => !s.Where.Contains(" VpcFlowLog", StringComparison.Ordinal)).SelectMany(s => s.Actions).Where(a => a.StartsWith("iam:", StringComparison.Ordinal) || a.StartsWith("sts:AssumeRole", StringComparison.Ordinal) || a.StartsWith("organizations:", StringComparison.Ordinal)));

    [Fact]
    public void No_role_has_a_policy_that_somebody_else_keeps() =>
        Assert.Empty(Sets().SelectMany(t => t.All("AWS::IAM::Role")).Where(r => r.Resource.Properties()["ManagedPolicyArns"] is not null).Select(r => $"{r.Stack} {r.Id}"));

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a"}""")]
    [InlineData("""{"Effect":"Allow","Action":["logs:PutLogEvents","*"],"Resource":"arn:aws:s3:::a"}""")]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:PassRole","Resource":"arn:aws:s3:::a"}""")]
    public void An_action_that_is_too_wide_is_found(string statement) =>
        Assert.NotEmpty(WildActions(new Statement("planted", JsonNode.Parse(statement)!.AsObject())));

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"rds:FailoverGlobalCluster","Resource":"*"}""")]
    [InlineData("""{"Effect":"Allow","Action":["xray:PutTraceSegments","dynamodb:PutItem"],"Resource":["*"]}""")]
    [InlineData("""{"Effect":"Allow","Action":"dynamodb:PutItem","NotResource":"arn:aws:s3:::a"}""")]
    public void A_resource_that_is_too_wide_is_found(string statement) =>
        Assert.NotEmpty(UnlistedWildResources(new Statement("planted", JsonNode.Parse(statement)!.AsObject())));

    private static IEnumerable<Templates> Sets() => [Templates.Default, Templates.Other, Templates.OneRegion];

    private static IEnumerable<Statement> AllStatements() =>
        from templates in Sets()
        from resource in templates.All()
        where resource.Resource.Type() is "AWS::IAM::Policy" or "AWS::IAM::Role" or "AWS::IAM::ManagedPolicy"
        from document in resource.Resource.Properties().Descendants().OfType<JsonObject>()
        where document["Statement"] is JsonArray
        from statement in document["Statement"].Each()
        where statement["Effect"]?.ToString() == "Allow" && statement["Principal"] is null
        select new Statement($"{resource.Stack} {resource.Id}", statement.AsObject());

    private static IEnumerable<string> WildActions(Statement statement) => statement.Json["NotAction"] is not null
        ? [$"{statement.Where}: NotAction"]
        : statement.Actions.Where(a => a.Contains('*', StringComparison.Ordinal)).Select(a => $"{statement.Where}: {a}");

    private static IEnumerable<string> UnlistedWildResources(Statement statement) => statement.HasWildResource
        ? statement.Actions.Where(a => !WithoutResource.ContainsKey(a)).Select(a => $"{statement.Where}: {a} on *")
        : [];

    private sealed record Statement(string Where, JsonObject Json)
    {
        public IReadOnlyList<string> Actions { get; } = [.. Json["Action"].Each().Select(a => a.ToString())];

        public IReadOnlyList<string> Resources { get; } = [.. Json["Resource"].Each().Select(r => r.Text())];

        public bool HasWildResource => Json["NotResource"] is not null || Resources.Contains("*");
    }
}
