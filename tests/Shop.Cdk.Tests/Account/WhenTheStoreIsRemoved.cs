namespace Shop.Cdk.Tests.Account;

public sealed class WhenTheStoreIsRemoved
{
    [Fact]
    public async Task Everything_goes_and_nothing_of_another_environment()
    {
        using var account = PlayedAccount.DeployedOf(Templates.Other, "other");
        var foreign = LiveIn(account, "other");

        var (code, output) = await account.RunAsync("destroy", TestContext.Current.CancellationToken);

        Assert.True(code == 0, output);
        Assert.Contains("other is gone", output, StringComparison.Ordinal);
        Assert.Equal(foreign.Order(), account.Everything().Order());
    }

    [Fact]
    public async Task A_login_that_expires_is_no_empty_account_and_the_next_run_goes_on()
    {
        using var account = PlayedAccount.DeployedOf(Templates.Default, "dev");
        var foreign = LiveIn(account, "dev");
        account.Plant("describe-load-balancers --region us-west-2", 1, "ExpiredToken");

        var (code, output) = await account.RunAsync("destroy", TestContext.Current.CancellationToken);

        Assert.NotEqual(0, code);
        Assert.Contains("ExpiredToken", output, StringComparison.Ordinal);
        Assert.DoesNotContain("is gone", output, StringComparison.Ordinal);

        // Refused while the table is still changing, and accepted later.
        account.Plant("replica-updates", 2, "ResourceInUseException");
        (code, output) = await account.RunAsync("destroy", TestContext.Current.CancellationToken);

        Assert.True(code == 0, output);
        Assert.Equal(foreign.Order(), account.Everything().Order());
    }

    [Theory]
    [InlineData("-global", "replica-updates", "ResourceInUseException", "the replica of shop-dev-carts in us-west-2 does not go")]
    [InlineData("primary-data", "delete-bucket", "AccessDenied", "AccessDenied")]
    public async Task What_does_not_go_is_told(string part, string call, string error, string told)
    {
        using var account = PlayedAccount.DeployedOf(Templates.Default, "dev", part);
        account.Plant(call, 1000, error);

        var (code, output) = await account.RunAsync("destroy", TestContext.Current.CancellationToken, null, ("POLL_TRIES", "3"));

        Assert.NotEqual(0, code);
        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.DoesNotContain("is gone", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_lead_to_another_Region_are_noticed()
    {
        using var account = PlayedAccount.DeployedOf(Templates.Default, "dev", "primary-data");

        var (code, output) = await account.RunAsync("destroy", TestContext.Current.CancellationToken, null, ("CDK_CONTEXT", "primaryRegion=eu-west-1 standbyRegion=eu-west-2"));

        Assert.NotEqual(0, code);
        Assert.Contains("nothing of dev was found in eu-west-1 eu-west-2", output, StringComparison.Ordinal);
    }

    /// <summary>What comes to be in a store that has lived, and what another environment has beside it: the latter's names are returned.</summary>
    private static List<string> LiveIn(PlayedAccount account, string environment)
    {
        var name = $"shop-{environment}";
        foreach (var region in (string[])["us-east-1", "us-west-2"])
        {
            account.Put(region, "clusters", "recon-orders-1", $"subnets={name}-databases");
            account.Put(region, "db-instances", "recon-orders-1-1", "cluster=recon-orders-1");
            account.Put(region, "snapshots", "recon-orders-1", "");
            account.Put(region, "machines", $"{name}-replay", $"{name}-{(region == "us-east-1" ? "primary" : "standby")}-orchestration running=arn:aws:states:{region}:111111111111:execution:{name}-replay:1");
            account.Put(region, "logs", $"/aws/rds/cluster/{name}-orders-{region}/audit", "made by RDS");
            account.Put(region, "logs", $"/aws/lambda/cwsyn-{name}-buy-local-0123", "made by Synthetics");
            foreach (var bucket in account.Names(region, "buckets").ToList())
            {
                // More than one page, and more than an argument may hold.
                account.Put(region, "objects", bucket, string.Join('\n', Enumerable.Range(0, bucket.Contains("accesslogs", StringComparison.Ordinal) ? 450 : 2).Select(i => $"AWSLogs/111111111111/elasticloadbalancing/{region}/2026/11/25/{new string('x', 200)}-{i}.log.gz")));
            }
        }

        // A report of the last minute, in a bucket that the stack keeps.
        File.WriteAllText(Path.Combine(account.Account, "late-object"), $"{name}-primary-data {account.Names("us-east-1", "buckets").First(b => b.Contains("reports", StringComparison.Ordinal))}\n");
        (string Kind, string Name, string Words)[] others =
        [
            ("stacks", $"{name}-2-primary-data", "protected"), ("clusters", $"{name}-2-orders-us-east-1", "protected"), ("tables", $"{name}-2-carts", "protected"),
            ("secrets", $"{name}-2-broker", "other"), ("logs", $"/aws/rds/cluster/{name}-2-orders-us-east-1/audit", "other"), ("logs", $"/shop/{environment}-2/catalog", "other"),
            ("logs", $"/aws/lambda/cwsyn-{name}-2-buy-local-0123", "other"), ("parameters", $"/shop/{environment}-2/primary/broker", "other"),
            ("buckets", $"{name}-primary-data-of-somebody", "environment=other-team"), ("clusters", "recon-orders-2", $"subnets={name}-2-databases"),
        ];
        foreach (var (kind, other, words) in others)
        {
            account.Put("us-east-1", kind, other, words);
        }

        return [.. others.Select(o => $"us-east-1/{o.Kind}/{o.Name.Replace('/', ':')}")];
    }
}
