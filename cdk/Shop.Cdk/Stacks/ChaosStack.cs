using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.FIS;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>
/// Experiments on this Region, so the two stacks together have both directions. `partition` cuts it off from the other one while both live on; `lose-region`
/// takes its private subnets off the network, which is a loss for shoppers and canaries. What an experiment can't do: stop Aurora's own replication, which
/// runs below the VPC. A measurable gap in orders is made by the local drill.
/// </summary>
internal sealed class ChaosStack : Stack
{
    private static readonly Dictionary<string, string> Duration = new() { ["duration"] = "PT20M" };

    public ChaosStack(Construct scope, string id, RegionStackProps props, NetworkStack network) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        var peer = deployment.PeerOf(region)!;
        var logs = LogGroups.Create(this, "Logs", deployment, "experiments", network.Key);
        var role = CreateRole(deployment, region, network, logs.LogGroupArn);
        var subnets = new CfnExperimentTemplate.ExperimentTemplateTargetProperty
        {
            ResourceType = "aws:ec2:subnet",
            SelectionMode = "ALL",
            ResourceTags = new Dictionary<string, string> { ["shop:chaos"] = deployment.Environment },
        };
        var tables = new CfnExperimentTemplate.ExperimentTemplateTargetProperty
        {
            ResourceType = "aws:dynamodb:global-table",
            SelectionMode = "ALL",
            ResourceArns = [new StoreArns(this, deployment, region).Table("carts"), new StoreArns(this, deployment, region).Table("failover-control")],
        };
        _ = new Experiment(this, "Partition", deployment, region, "partition", $"No way from {region.Code} to {peer.Code} for 20 minutes", role.RoleArn, logs.LogGroupArn,
            new() { ["Subnets"] = subnets, ["Tables"] = tables },
            [
                new("CutNetwork", "aws:network:route-table-disrupt-cross-region-connectivity", "Subnets", "Subnets", new(Duration) { ["region"] = peer.Code }),
                new("PauseTables", "aws:dynamodb:global-table-pause-replication", "Tables", "Tables", Duration),
            ],
            ["stop-chaos", "look-pages"]);
        // No alarm of this Region can stop this one but the people's: all others are meant to go off.
        _ = new Experiment(this, "LoseRegion", deployment, region, "lose-region", $"{region.Code} is off the network for 20 minutes", role.RoleArn, logs.LogGroupArn,
            new() { ["Subnets"] = subnets, ["Tables"] = tables },
            [
                new("DropSubnets", "aws:network:disrupt-connectivity", "Subnets", "Subnets", new(Duration) { ["scope"] = "all" }),
                new("PauseTables", "aws:dynamodb:global-table-pause-replication", "Tables", "Tables", Duration),
            ],
            ["stop-chaos"]);
    }

    private Role CreateRole(Deployment deployment, RegionSettings region, NetworkStack network, string logGroupArn)
    {
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("fis.amazonaws.com", new ServicePrincipalOpts
            {
                Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Account } },
            }),
            Description = "What experiments may do",
        });
        var arns = new StoreArns(this, deployment, region);
        role.AddToPolicy(Statements.Allow(
            ["ec2:DescribeManagedPrefixLists", "ec2:DescribeNetworkAcls", "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSubnets",
                "ec2:DescribeTransitGatewayAttachments", "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcPeeringConnections", "ec2:DescribeVpcs", "ec2:GetManagedPrefixListEntries",
                "tag:GetResources", "logs:CreateLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy"], "*"));
        // Tables and lists that FIS makes carry its tag. Of the store it changes which of them a subnet has, in this VPC alone: the list that a VPC is born
        // with has no tag, and must be put back.
        string Ec2(string kind) => $"arn:{Partition}:ec2:{region.Code}:{Account}:{kind}/*";
        var vpc = $"arn:{Partition}:ec2:{region.Code}:{Account}:vpc/{network.Vpc.VpcId}";
        role.AddToPolicy(Statements.Allow(["ec2:CreateNetworkAcl", "ec2:CreateRouteTable"], Ec2("network-acl"), Ec2("route-table"), vpc));
        role.AddToPolicy(Statements.Allow(["ec2:CreateManagedPrefixList", "ec2:CreateTags"], Ec2("prefix-list"), Ec2("network-acl"), Ec2("route-table")));
        role.AddToPolicy(Statements.AllowIf(["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl", "ec2:CreateRoute", "ec2:DeleteRouteTable", "ec2:DeleteManagedPrefixList", "ec2:ModifyManagedPrefixList"],
            [Ec2("network-acl"), Ec2("route-table"), Ec2("prefix-list")], "StringEquals", "aws:ResourceTag/managedByFIS", "true"));
        role.AddToPolicy(Statements.AllowIf(["ec2:ReplaceNetworkAclAssociation", "ec2:ReplaceRouteTableAssociation", "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable"],
            [Ec2("subnet"), Ec2("network-acl"), Ec2("route-table")], "ArnEquals", "ec2:Vpc", vpc));
        role.AddToPolicy(Statements.Allow(
            ["dynamodb:DescribeTable", "dynamodb:DescribeGlobalTable", "dynamodb:GetResourcePolicy", "dynamodb:PutResourcePolicy", "dynamodb:DeleteResourcePolicy"],
            arns.Table("carts"), arns.Table("failover-control")));
        role.AddToPolicy(Statements.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], logGroupArn));
        role.AddToPolicy(Statements.Allow(["cloudwatch:DescribeAlarms"], arns.Alarm("stop-chaos"), arns.Alarm("look-pages")));
        return role;
    }
}
