using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class DynamoDbIntegrationTests : IAsyncLifetime
{
    private AwsJsonServer _server = null!;
    private StepFunctionsRig _rig = null!;
    private string? _sent;

    public async ValueTask InitializeAsync()
    {
        _server = await AwsJsonServer.StartAsync(null, [new AwsJsonApi("DynamoDB_20120810", "1.0", new Dictionary<string, AwsOperation>
        {
            ["GetItem"] = (input, _) =>
            {
                _sent = input.GetRawText();
                return Task.FromResult<JsonObject>(new() { ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = "lock" } } });
            },
            ["PutItem"] = (_, _) => throw new AwsServiceException(
                "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "The conditional request failed"),
        })], cancellationToken: TestContext.Current.CancellationToken);
        _rig = new(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_item_is_read_from_the_regions_endpoint()
    {
        var execution = await _rig.RunTaskAsync("arn:aws:states:::dynamodb:getItem", """{"TableName":"control","Key":{"pk":{"S":"lock"}}}""");

        Assert.Equal("""{"Item":{"pk":{"S":"lock"}}}""", execution.Outcome.Output);
        Assert.Equal("""{"TableName":"control","Key":{"pk":{"S":"lock"}}}""", _sent);
    }

    [Theory]
    [InlineData("arn:aws:states:::dynamodb:putItem", "DynamoDB.ConditionalCheckFailedException")]
    [InlineData("arn:aws:states:::aws-sdk:dynamodb:putItem", "DynamoDb.ConditionalCheckFailedException")]
    public async Task A_condition_that_fails_has_the_error_name_of_its_integration(string resource, string error)
    {
        var outcome = (await _rig.RunTaskAsync(resource, """{"TableName":"control","Item":{"pk":{"S":"lock"}}}""")).Outcome;

        Assert.Equal(error, outcome.Error);
        Assert.StartsWith("The conditional request failed", outcome.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_a_client_error()
    {
        await _server.DisposeAsync();

        Assert.Equal("DynamoDB.SdkClientException",
            (await _rig.RunTaskAsync("arn:aws:states:::dynamodb:getItem", """{"TableName":"control"}""")).Outcome.Error);
    }
}
