namespace Shop.Cdk.Tests.Account;

public sealed class WhenTheStoreIsDeployed
{
    [Fact]
    public async Task Every_stack_comes_in_an_order_that_works()
    {
        using var account = PlayedAccount.Of(Templates.Default, "dev");

        var (code, output) = await account.RunAsync("deploy", TestContext.Current.CancellationToken);

        Assert.True(code == 0, output);
        Assert.Equal(Templates.Default.Stacks.Keys.Order(), account.Names("us-east-1", "stacks").Concat(account.Names("us-west-2", "stacks")).Order());
        Assert.Contains("On", account.Read("routing"), StringComparison.Ordinal);
        Assert.DoesNotContain(account.Calls, c => c.Contains("reserveConcurrency=false", StringComparison.Ordinal));
        Assert.True(Deployed(account, "shop-dev-primary-secrets") > account.Calls.ToList().FindIndex(c => c.Contains("migrate-orders", StringComparison.Ordinal)), "a login is rotated that does not exist yet");
    }

    [Theory]
    [InlineData("Off", "Off", "On")]
    [InlineData("Off", "On", "Off")]
    public async Task A_Region_that_a_failover_has_closed_is_not_opened(string primary, string standby, string afterwards)
    {
        using var account = PlayedAccount.DeployedOf(Templates.Default, "dev", "primary-routing");
        File.WriteAllText(Path.Combine(account.Account, "routing"), $$"""[{"state": "{{primary}}"}, {"state": "{{standby}}"}]""");

        var (code, output) = await account.CallAsync("open_routing", TestContext.Current.CancellationToken);

        Assert.True(code == 0, output);
        Assert.Contains(afterwards, account.Read("routing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_is_missing_is_named_before_anything_is_deployed()
    {
        using var account = PlayedAccount.Of(Templates.Default, "dev");

        var (code, output) = await account.RunAsync("deploy", TestContext.Current.CancellationToken, account.PathWithout("zip"));

        Assert.NotEqual(0, code);
        Assert.Contains("missing: zip", output, StringComparison.Ordinal);
        Assert.Empty(account.Calls);
    }

    [Fact]
    public async Task Of_a_lost_Region_nothing_is_asked_and_the_other_one_gets_its_image()
    {
        using var account = PlayedAccount.Of(Templates.Default, "dev");
        account.Put("us-west-2", "images", "shop-dev-ui", "of-yesterday");
        account.Plant("us-east-1", 1000, "RequestTimeout");

        var (code, output) = await account.RunAsync("deploy", TestContext.Current.CancellationToken, null, ("STACKS", "standby-data standby-services"));

        Assert.True(code == 0, output);
        Assert.DoesNotContain(account.Calls, c => c.Contains("us-east-1", StringComparison.Ordinal));
        Assert.Equal(["shop-dev-standby-data", "shop-dev-standby-services"], account.Names("us-west-2", "stacks").Order());
    }

    [Theory]
    [InlineData(395, false, false)]
    [InlineData(396, false, true)]
    // What is reserved already is not asked for again.
    [InlineData(99, true, false)]
    [InlineData(100, true, true)]
    public async Task Functions_are_reserved_if_the_account_has_enough_of_them_left(int left, bool deployed, bool reserved)
    {
        using var account = deployed ? PlayedAccount.DeployedOf(Templates.Default, "dev", "-services", "-orchestration") : PlayedAccount.Of(Templates.Default, "dev");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(account.Account, "us-west-2")).FullName, "unreserved"), $"{left}\n");

        var (code, output) = await account.CallAsync("reserve_in us-west-2; echo \"${context[@]}\"", TestContext.Current.CancellationToken);

        Assert.True(code == 0, output);
        Assert.Equal(!reserved, output.Contains("none are reserved", StringComparison.Ordinal));
        Assert.Equal(!reserved, output.Contains("reserveConcurrency=false", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_script_counts_is_what_the_templates_reserve()
    {
        var script = File.ReadAllText(Path.Combine(Templates.Repository, "cdk", "lib.sh"));
        foreach (var stack in Templates.Default.Stacks.Values)
        {
            var reserved = stack.Of("AWS::Lambda::Function").Select(f => (Name: f.Resource.Properties()["FunctionName"]!.ToString(), Count: f.Resource.Properties()["ReservedConcurrentExecutions"]?.GetValue<int>() ?? 0))
                .Where(f => f.Count > 0).ToList();
            if (reserved.Count > 0)
            {
                Assert.Contains(reserved, f => script.Contains($"\"{stack.Name.Split('-')[^1]} {reserved.Sum(r => r.Count)} {f.Name["shop-dev-".Length..]}\"", StringComparison.Ordinal));
            }
        }
    }

    private static int Deployed(PlayedAccount account, string stack) => account.Calls.ToList().FindIndex(c => c.StartsWith($"cdk deploy {stack} ", StringComparison.Ordinal));
}
