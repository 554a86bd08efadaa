using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.RDS;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>
/// A Region's member of a global cluster. The first one that joins becomes the writer. Typed clusters of the CDK can't join a global cluster, so these are
/// CloudFormation's own resources.
/// </summary>
internal sealed class AuroraCluster : Construct
{
    public AuroraCluster(Construct scope, string id, Deployment deployment, RegionSettings region, string database, CfnDBSubnetGroup subnets,
        ISecurityGroup firewall, IKey key) : base(scope, id)
    {
        var isPrimary = region.Role == RegionRole.Primary;
        var instances = isPrimary || !deployment.HeadlessStandby ? 1 : 0;
        var parameters = new CfnDBClusterParameterGroup(this, "Parameters", new CfnDBClusterParameterGroupProps
        {
            Family = "aurora-mysql8.0",
            Description = $"Both Regions' clusters of {database} have the same",
            Parameters = new Dictionary<string, object>
            {
                ["require_secure_transport"] = "ON",
                ["binlog_format"] = "OFF",
                ["character_set_server"] = "utf8mb4",
                ["time_zone"] = "UTC",
                ["innodb_lock_wait_timeout"] = "5",
                ["aurora_replica_read_consistency"] = "session",
                ["server_audit_logging"] = "1",
                ["server_audit_events"] = "CONNECT,QUERY_DCL,QUERY_DDL",
            },
        });
        Cluster = new CfnDBCluster(this, "Cluster", new CfnDBClusterProps
        {
            DbClusterIdentifier = deployment.Name(database, region),
            GlobalClusterIdentifier = deployment.Name(database),
            Engine = "aurora-mysql",
            EngineVersion = deployment.EngineVersion,
            Port = Deployment.DatabasePort,
            DbSubnetGroupName = subnets.Ref,
            VpcSecurityGroupIds = [firewall.SecurityGroupId],
            DbClusterParameterGroupName = parameters.Ref,
            // A secondary has its primary's users.
            MasterUsername = isPrimary ? StoreSecret.Reference(deployment, $"{database}-admin", "username") : null,
            MasterUserPassword = isPrimary ? StoreSecret.Reference(deployment, $"{database}-admin", "password") : null,
            StorageEncrypted = true,
            KmsKeyId = key.KeyArn,
            EnableIamDatabaseAuthentication = true,
            // In both Regions: after a failover the former primary is the one that forwards.
            EnableGlobalWriteForwarding = true,
            BackupRetentionPeriod = deployment.BackupDays,
            CopyTagsToSnapshot = true,
            DeletionProtection = !deployment.Deletable,
            EnableCloudwatchLogsExports = ["audit", "error", "slowquery"],
            ServerlessV2ScalingConfiguration = new CfnDBCluster.ServerlessV2ScalingConfigurationProperty
            {
                MinCapacity = deployment.MinimumCapacity,
                MaxCapacity = deployment.MaximumCapacity,
            },
        });
        Cluster.ApplyRemovalPolicy(deployment.Deletable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
        for (var number = 1; number <= instances; number++)
        {
            var instance = new CfnDBInstance(this, $"Instance{number}", new CfnDBInstanceProps
            {
                DbClusterIdentifier = Cluster.Ref,
                DbInstanceIdentifier = $"{deployment.Name(database, region)}-{number}",
                DbInstanceClass = "db.serverless",
                Engine = "aurora-mysql",
                // Minor versions are raised by hand, in both Regions together: a failover needs them equal.
                AutoMinorVersionUpgrade = false,
                PubliclyAccessible = false,
                EnablePerformanceInsights = true,
                PerformanceInsightsKmsKeyId = key.KeyArn,
                PerformanceInsightsRetentionPeriod = 7,
            });
            instance.ApplyRemovalPolicy(deployment.Deletable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
        }
    }

    public CfnDBCluster Cluster { get; }

    public string Reader => $"{Cluster.AttrReadEndpointAddress}:{Deployment.DatabasePort}";
}
