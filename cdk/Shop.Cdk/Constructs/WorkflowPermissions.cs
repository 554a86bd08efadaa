using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>
/// What a state machine's role may do, read off the integrations that its definition uses: a new state brings its permission along, and one that nobody has
/// thought of stops the synthesis.
/// </summary>
internal sealed class WorkflowPermissions(
    Construct scope, Deployment deployment, RegionSettings region, IKey key, IReadOnlyDictionary<string, string> substitutions,
    IReadOnlyDictionary<string, string> functions, string peerKeyArn)
{
    private readonly StoreArns _names = new(scope, deployment, region);
    private readonly RegionSettings _peer = deployment.PeerOf(region)!;

    /// <summary>Copies of lost primaries, and nothing else, have names that begin so.</summary>
    private const string Copies = "recon-*";

    public IEnumerable<PolicyStatement> Of(string machine, WorkflowDefinition definition) =>
        definition.Integrations.SelectMany(integration => Of(machine, definition, integration));

    private IEnumerable<PolicyStatement> Of(string machine, WorkflowDefinition definition, string integration) => integration switch
    {
        "lambda:invoke" => [Statements.Allow(["lambda:InvokeFunction"], Values(definition, functions.ContainsKey))],
        "sns:publish" or "sns:publish.waitForTaskToken" =>
            [Statements.Allow(["sns:Publish"], Values(definition, n => n.EndsWith("TopicArn", StringComparison.Ordinal))), UseKey("kms:Decrypt", "kms:GenerateDataKey")],
        "states:startExecution" => [Statements.Allow(["states:StartExecution"], Values(definition, IsMachine))],
        "states:startExecution.sync:2" => StartAndWait(definition),
        "dynamodb:getItem" => [Control("dynamodb:GetItem")],
        "dynamodb:putItem" => [Control("dynamodb:PutItem")],
        "dynamodb:updateItem" => [Control("dynamodb:UpdateItem")],
        "aws-sdk:sfn:describeExecution" => [Statements.Allow(["states:DescribeExecution"], _names.Executions(machine))],
        "aws-sdk:cloudwatch:getMetricData" => [Statements.Allow(["cloudwatch:GetMetricData"], "*")],
        "aws-sdk:cloudwatch:putMetricData" => [Statements.AllowIf(["cloudwatch:PutMetricData"], ["*"], "StringEquals", "cloudwatch:namespace", "Shop/Failover")],
        "aws-sdk:rds:describeGlobalClusters" => [Statements.Allow(["rds:DescribeGlobalClusters"], GlobalClusters())],
        "aws-sdk:rds:failoverGlobalCluster" => [Statements.Allow(["rds:FailoverGlobalCluster"], [.. GlobalClusters(), .. AllClusters()])],
        "aws-sdk:rds:describeDBClusters" => [Statements.Allow(["rds:DescribeDBClusters"], [.. OwnClusters(), Rds("cluster", Copies)])],
        "aws-sdk:rds:describeDBInstances" => [Statements.Allow(["rds:DescribeDBInstances"], Rds("db", Copies))],
        "aws-sdk:rds:describeDBClusterSnapshots" => [Statements.Allow(["rds:DescribeDBClusterSnapshots"], Rds("cluster-snapshot", Copies), Rds("cluster", Copies))],
        "aws-sdk:rds:copyDBClusterSnapshot" => CopySnapshot(),
        "aws-sdk:rds:restoreDBClusterFromSnapshot" => Restore(),
        "aws-sdk:rds:createDBInstance" => [Statements.Allow(["rds:CreateDBInstance", "rds:AddTagsToResource"], Rds("db", Copies), Rds("cluster", Copies))],
        // By name and by the tag that this environment's restore gives: copies of another environment have such names, too.
        "aws-sdk:rds:deleteDBInstance" => [OwnCopies("rds:DeleteDBInstance", "db")],
        "aws-sdk:rds:deleteDBCluster" => [OwnCopies("rds:DeleteDBCluster", "cluster")],
        _ => throw new InvalidOperationException($"{machine} uses {integration}, and nobody has said what its role may do for that (WorkflowPermissions)."),
    };

    private IEnumerable<PolicyStatement> StartAndWait(WorkflowDefinition definition)
    {
        var machines = Values(definition, IsMachine);
        yield return Statements.Allow(["states:StartExecution"], machines);
        yield return Statements.Allow(["states:DescribeExecution", "states:StopExecution"],
            Array.ConvertAll(machines, m => m.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":*"));
        yield return Statements.Allow(["events:PutTargets", "events:PutRule", "events:DescribeRule"], _names.Rule("StepFunctionsGetEventsForStepFunctionsExecutionRule"));
    }

    private IEnumerable<PolicyStatement> CopySnapshot()
    {
        var lost = Deployment.Databases.Select(d => _names.Rds($"cluster-snapshot:rds:unplanned-global-failover-{deployment.Name(d, _peer)}-*", _peer));
        yield return Statements.Allow(["rds:CopyDBClusterSnapshot", "rds:AddTagsToResource"], [.. lost, Rds("cluster-snapshot", Copies)]);
        yield return UseKey("kms:DescribeKey", "kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey");
        yield return Statements.Allow(["kms:DescribeKey", "kms:CreateGrant", "kms:Decrypt"], peerKeyArn);
    }

    private IEnumerable<PolicyStatement> Restore()
    {
        yield return Statements.Allow(["rds:RestoreDBClusterFromSnapshot", "rds:AddTagsToResource"],
            Rds("cluster", Copies), Rds("cluster-snapshot", Copies), Rds("subgrp", deployment.Name("databases")),
            Rds("cluster-pg", "default.aurora-mysql8.0"), Rds("og", "default:aurora-mysql-8-0"));
        yield return UseKey("kms:DescribeKey", "kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey");
    }

    private PolicyStatement OwnCopies(string action, string kind) =>
        Statements.AllowIf([action], [Rds(kind, Copies)], "StringEquals", "aws:ResourceTag/shop:databases", deployment.Name("databases"));

    private PolicyStatement Control(string action) => Statements.Allow([action], _names.Table("failover-control"));

    private PolicyStatement UseKey(params string[] actions) => Statements.Allow(actions, key.KeyArn);

    private string Rds(string kind, string name) => _names.Rds($"{kind}:{name}");

    private string[] GlobalClusters() => [.. Deployment.Databases.Select(_names.GlobalCluster)];

    private string[] OwnClusters() => [.. Deployment.Databases.Select(d => _names.Cluster(d, region))];

    private string[] AllClusters() => [.. Deployment.Databases.SelectMany(d => deployment.Regions.Select(r => _names.Cluster(d, r)))];

    private string[] Values(WorkflowDefinition definition, Func<string, bool> which) =>
        [.. definition.Substitutions.Where(which).Select(name => substitutions[name]).Distinct()];

    private static bool IsMachine(string name) => name.EndsWith("MachineArn", StringComparison.Ordinal);
}
