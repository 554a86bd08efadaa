using System.Text.Json.Nodes;

namespace Shop.Cdk.Tests;

/// <summary>What keeps data whole, private and reachable.</summary>
public sealed class ProtectionTests
{
    [Fact]
    public void Databases_are_encrypted_protected_backed_up_and_speak_TLS_only()
    {
        foreach (var (_, _, cluster) in Default("AWS::RDS::DBCluster"))
        {
            var properties = cluster.Properties();
            Assert.True(properties["StorageEncrypted"]!.GetValue<bool>());
            Assert.NotNull(properties["KmsKeyId"]);
            Assert.True(properties["DeletionProtection"]!.GetValue<bool>());
            Assert.True(properties["BackupRetentionPeriod"]!.GetValue<int>() >= 7);
            Assert.Equal("Retain", cluster["DeletionPolicy"]!.ToString());
        }

        Assert.All(Default("AWS::RDS::DBClusterParameterGroup"), g => Assert.Equal("ON", g.Resource.Properties()["Parameters"]!["require_secure_transport"]!.ToString()));
        Assert.All(Default("AWS::RDS::DBInstance"), i => Assert.False(i.Resource.Properties()["PubliclyAccessible"]!.GetValue<bool>()));
    }

    [Fact]
    public void Writes_are_forwarded_by_whichever_Region_does_not_write()
    {
        var clusters = Default("AWS::RDS::DBCluster").ToList();

        Assert.Equal(4, clusters.Count);
        Assert.All(clusters, c => Assert.True(c.Resource.Properties()["EnableGlobalWriteForwarding"]!.GetValue<bool>()));
    }

    [Fact]
    public void Tables_are_in_both_Regions_with_recovery_to_any_second_and_protection()
    {
        foreach (var (_, _, table) in Default("AWS::DynamoDB::GlobalTable"))
        {
            var replicas = table.Properties()["Replicas"]!.AsArray();
            Assert.Equal(["us-east-1", "us-west-2"], replicas.Select(r => r!["Region"]!.ToString()));
            Assert.All(replicas, r => Assert.True(r!["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!.GetValue<bool>()));
            Assert.All(replicas, r => Assert.True(r!["DeletionProtectionEnabled"]!.GetValue<bool>()));
        }
    }

    [Fact]
    public void Logins_are_in_both_Regions_each_under_the_Regions_own_key() =>
        Assert.All(Default("AWS::SecretsManager::Secret"), s =>
        {
            var replica = Assert.Single(s.Resource.Properties()["ReplicaRegions"].Each());
            Assert.Equal("us-west-2", replica["Region"]!.ToString());
            Assert.Equal("alias/shop-dev-store", replica["KmsKeyId"]!.ToString());
            Assert.NotNull(s.Resource.Properties()["KmsKeyId"]);
        });

    [Theory]
    [InlineData("catalog")]
    [InlineData("orders")]
    public void The_login_of_a_service_rotates(string database) =>
        Assert.Contains(Default("AWS::SecretsManager::RotationSchedule"), r => r.Resource.Properties()["SecretId"]!.ToString() == $"shop-dev-{database}-app");

    [Fact]
    public void No_function_and_no_container_has_a_password_in_its_settings()
    {
        var settings = AllSets().SelectMany(t => t.All().Where(r => r.Resource.Type() is "AWS::Lambda::Function" or "AWS::ECS::TaskDefinition" or "AWS::Synthetics::Canary" or "AWS::CodeBuild::Project"));

        Assert.All(settings, r => Assert.DoesNotContain("resolve:secretsmanager", r.Resource.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Buckets_are_private_encrypted_and_tell_who_reads_them()
    {
        foreach (var (_, id, bucket) in AllSets().SelectMany(t => t.All("AWS::S3::Bucket")))
        {
            Assert.All(bucket.Properties()["PublicAccessBlockConfiguration"]!.AsObject(), p => Assert.True(p.Value!.GetValue<bool>()));
            Assert.NotNull(bucket.Properties()["BucketEncryption"]);
            Assert.True(id.StartsWith("AccessLogs", StringComparison.Ordinal) || bucket.Properties()["LoggingConfiguration"] is not null, id);
        }
    }

    [Fact]
    public void Broker_and_cache_are_private_and_ask_for_a_login()
    {
        Assert.All(Default("AWS::AmazonMQ::Broker"), b => Assert.False(b.Resource.Properties()["PubliclyAccessible"]!.GetValue<bool>()));
        Assert.All(Default("AWS::AmazonMQ::Broker"), b => Assert.Contains("shop-dev-broker", b.Resource.Properties()["Users"]!.ToJsonString(), StringComparison.Ordinal));
        Assert.All(Default("AWS::ElastiCache::ServerlessCache"), c => Assert.NotNull(c.Resource.Properties()["UserGroupId"]));
        Assert.All(Default("AWS::ElastiCache::User"), u => Assert.Equal("password", u.Resource.Properties()["AuthenticationMode"]!["Type"]!.ToString()));
    }

    [Fact]
    public void Only_the_public_load_balancer_listens_to_the_internet()
    {
        foreach (var templates in AllSets())
        {
            var open = templates.All("AWS::EC2::SecurityGroupIngress").Where(r => r.Resource.Properties()["CidrIp"]?.ToString() == "0.0.0.0/0").ToList();
            Assert.All(open, r => Assert.Contains("PublicLoadBalancer", r.Id, StringComparison.Ordinal));
            Assert.Equal(ReferenceEquals(templates, Templates.Other) ? 4 : 0, open.Count);
        }
    }

    [Fact]
    public void With_a_certificate_every_listener_speaks_HTTPS_or_sends_there() =>
        Assert.All(Templates.Other.All("AWS::ElasticLoadBalancingV2::Listener"), l =>
            Assert.True(l.Resource.Properties()["Protocol"]!.ToString() == "HTTPS" || l.Resource.Properties()["DefaultActions"]![0]!["Type"]!.ToString() == "redirect", l.Id));

    [Fact]
    public void Every_experiment_can_be_stopped_and_has_a_target_for_each_action()
    {
        foreach (var (_, _, experiment) in Default("AWS::FIS::ExperimentTemplate"))
        {
            Assert.All(experiment.Properties()["StopConditions"].Each(), s => Assert.Equal("aws:cloudwatch:alarm", s["Source"]!.ToString()));
            var targets = experiment.Properties()["Targets"]!.AsObject();
            Assert.All(experiment.Properties()["Actions"]!.AsObject(), a => Assert.All(a.Value!["Targets"]!.AsObject(), t => Assert.NotNull(targets[t.Value!.ToString()])));
            Assert.All(targets, t => Assert.Contains("dev", t.Value!.ToJsonString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_log_has_an_end() =>
        Assert.All(AllSets().SelectMany(t => t.All("AWS::Logs::LogGroup")), g => Assert.NotNull(g.Resource.Properties()["RetentionInDays"]));

    [Fact]
    public void Functions_get_only_settings_that_some_function_reads()
    {
        var source = string.Concat(Directory.GetFiles(Path.Combine(Templates.Repository, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var settings = AllSets().SelectMany(t => t.All("AWS::Lambda::Function"))
            .SelectMany(f => (f.Resource.Properties()["Environment"]?["Variables"] as JsonObject ?? []).Select(v => v.Key)).Distinct();

        // Read by the runtime itself, or put together from the database's name.
        string[] known = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
        Assert.Empty(settings.Where(s => !known.Contains(s) && !source.Contains($"\"{s}\"", StringComparison.Ordinal)
            && !source.Contains(s[(s.IndexOf('_', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Stack, string Id, JsonObject Resource)> Default(string type)
    {
        var all = Templates.Default.All(type).ToList();
        Assert.NotEmpty(all);
        return all;
    }

    private static IEnumerable<Templates> AllSets() => [Templates.Default, Templates.Other, Templates.OneRegion];
}
