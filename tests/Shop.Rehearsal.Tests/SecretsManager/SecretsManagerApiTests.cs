using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.SecretsManager;
using Shop.Rehearsal.Tests.AwsJson;

namespace Shop.Rehearsal.Tests.SecretsManager;

public sealed class SecretsManagerApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_read_by_name_by_arn_and_by_the_arn_without_its_suffix()
    {
        var store = new SecretStore("us-east-1");
        await using var server = await AwsJsonServer.StartAsync(null, [SecretsManagerApi.Create(store)], cancellationToken: Token);
        using var http = new HttpClient();

        var (_, created) = await http.CallAsync(
            server.Address, "secretsmanager.CreateSecret", """{"Name":"shop-orders-app","SecretString":"one"}""", Token);
        var arn = created.GetProperty("ARN").GetString()!;

        Assert.StartsWith("arn:aws:secretsmanager:us-east-1:000000000000:secret:shop-orders-app-", arn, StringComparison.Ordinal);
        foreach (var id in new[] { "shop-orders-app", arn, arn[..^7] })
        {
            var (status, secret) = await http.CallAsync(server.Address, "secretsmanager.GetSecretValue", $$"""{"SecretId":"{{id}}"}""", Token);
            Assert.Equal((200, "one", arn), (status, secret.GetProperty("SecretString").GetString(), secret.GetProperty("ARN").GetString()));
        }
    }

    [Fact]
    public async Task A_new_value_makes_the_old_one_the_previous()
    {
        var store = new SecretStore("us-east-1");
        store.Create("s", "one");
        await using var server = await AwsJsonServer.StartAsync(null, [SecretsManagerApi.Create(store)], cancellationToken: Token);
        using var http = new HttpClient();

        await http.CallAsync(server.Address, "secretsmanager.PutSecretValue", """{"SecretId":"s","SecretString":"two"}""", Token);

        var (_, current) = await http.CallAsync(server.Address, "secretsmanager.GetSecretValue", """{"SecretId":"s"}""", Token);
        var (_, previous) = await http.CallAsync(
            server.Address, "secretsmanager.GetSecretValue", """{"SecretId":"s","VersionStage":"AWSPREVIOUS"}""", Token);
        var (_, described) = await http.CallAsync(server.Address, "secretsmanager.DescribeSecret", """{"SecretId":"s"}""", Token);
        Assert.Equal(("two", "one"), (current.GetProperty("SecretString").GetString(), previous.GetProperty("SecretString").GetString()));
        Assert.Equal(
            "AWSCURRENT",
            described.GetProperty("VersionIdsToStages").GetProperty(current.GetProperty("VersionId").GetString()!)[0].GetString());
    }

    [Theory]
    [InlineData("GetSecretValue", """{"SecretId":"none"}""", "ResourceNotFoundException")]
    [InlineData("GetSecretValue", """{"SecretId":"s","VersionStage":"AWSPREVIOUS"}""", "ResourceNotFoundException")]
    [InlineData("PutSecretValue", """{"SecretId":"none","SecretString":"x"}""", "ResourceNotFoundException")]
    [InlineData("DescribeSecret", """{"SecretId":"none"}""", "ResourceNotFoundException")]
    [InlineData("CreateSecret", """{"Name":"s","SecretString":"x"}""", "ResourceExistsException")]
    [InlineData("GetSecretValue", "{}", "ValidationException")]
    public async Task Errors_have_the_names_of_the_service(string operation, string body, string expected)
    {
        var store = new SecretStore("us-east-1");
        store.Create("s", "one");
        await using var server = await AwsJsonServer.StartAsync(null, [SecretsManagerApi.Create(store)], cancellationToken: Token);
        using var http = new HttpClient();

        var (status, error) = await http.CallAsync(server.Address, $"secretsmanager.{operation}", body, Token);

        Assert.Equal((400, expected), (status, error.GetProperty("__type").GetString()));
    }
}
