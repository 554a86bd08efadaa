using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shop.Aws;

namespace Shop.Functions.Tests.Aws;

public sealed class WhenAwsIsCalled
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "id",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
    };

    [Fact]
    public async Task A_json_call_names_its_target_and_goes_to_the_given_endpoint()
    {
        var http = new StubHttp(StubHttp.Answer(HttpStatusCode.OK, """{"RoutingControlState":"On"}"""));
        var body = JsonDocument.Parse("""{"RoutingControlArn":"a"}""").RootElement;

        var answer = await Client(http).JsonAsync(
            AwsService.RecoveryCluster, "GetRoutingControlState", body, new Uri("https://host-aaaaaa.eu-west-1.example.com/v1"), "eu-west-1",
            TestContext.Current.CancellationToken);

        Assert.Equal("On", answer.GetProperty("RoutingControlState").GetString());
        var (request, sent) = Assert.Single(http.Calls);
        Assert.Equal("https://host-aaaaaa.eu-west-1.example.com/v1", request.RequestUri!.ToString());
        Assert.Equal("ToggleCustomerAPI.GetRoutingControlState", request.Headers.GetValues("X-Amz-Target").Single());
        Assert.Equal("application/x-amz-json-1.0", request.Content!.Headers.ContentType!.ToString());
        Assert.Contains("/eu-west-1/route53-recovery-cluster/aws4_request", request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
        Assert.Equal("""{"RoutingControlArn":"a"}""", sent);
    }

    [Theory]
    [InlineData("""{"__type":"com.amazonaws.rds#Oops","message":"no"}""", "Oops", "no")]
    [InlineData("""{"code":"Oops","Message":"no"}""", "Oops", "no")]
    [InlineData("<html>bad gateway</html>", "Http400", "<html>bad gateway</html>")]
    public async Task A_json_error_keeps_its_code(string body, string code, string message)
    {
        var client = Client(new StubHttp(StubHttp.Answer(HttpStatusCode.BadRequest, body)));

        var error = await Assert.ThrowsAsync<AwsException>(() => client.JsonAsync(
            AwsService.SecretsManager, "X", "{}"u8.ToArray(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((code, message, HttpStatusCode.BadRequest, false), (error.ErrorCode, error.Message, error.StatusCode, error.IsTransient));
    }

    [Fact]
    public async Task A_query_call_sends_a_form_and_answers_the_result_element()
    {
        var http = new StubHttp(StubHttp.Answer(HttpStatusCode.OK, """
            <DescribeGlobalClustersResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
              <DescribeGlobalClustersResult><Marker>m</Marker></DescribeGlobalClustersResult>
            </DescribeGlobalClustersResponse>
            """));

        var answer = await Client(http).QueryAsync(
            AwsService.Rds, "DescribeGlobalClusters", [new("GlobalClusterIdentifier", "a b&c")], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("m", answer.Element("Marker")!.Value);
        var (request, body) = Assert.Single(http.Calls);
        Assert.Equal("https://rds.us-east-1.amazonaws.com/", request.RequestUri!.ToString());
        Assert.Equal("Action=DescribeGlobalClusters&Version=2014-10-31&GlobalClusterIdentifier=a%20b%26c", body);
    }

    [Fact]
    public async Task A_query_error_keeps_its_code()
    {
        var client = Client(new StubHttp(StubHttp.Answer(HttpStatusCode.NotFound, """
            <ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>Sender</Type><Code>GlobalClusterNotFoundFault</Code>
            <Message>gone</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """)));

        var error = await Assert.ThrowsAsync<AwsException>(() => client.QueryAsync(
            AwsService.Rds, "X", [], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(("GlobalClusterNotFoundFault", "gone"), (error.ErrorCode, error.Message));
    }

    [Fact]
    public async Task No_answer_is_a_transient_error()
    {
        var client = Client(new StubHttp(() => throw new HttpRequestException("refused")));

        var error = await Assert.ThrowsAsync<AwsException>(() => client.JsonAsync(
            AwsService.SecretsManager, "X", "{}"u8.ToArray(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((AwsException.Unreachable, true), (error.ErrorCode, error.IsTransient));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_RDS", null, "http://127.0.0.1:1/")]
    [InlineData("AWS_ENDPOINT_URL", null, "http://127.0.0.1:1/")]
    [InlineData("AWS_ENDPOINT_URL_SFN", null, "https://rds.us-east-1.amazonaws.com/")]
    [InlineData("AWS_ENDPOINT_URL_RDS", "us-west-2", "https://rds.us-west-2.amazonaws.com/")]
    public void Endpoints_follow_the_standard_variables(string variable, string? region, string expected)
    {
        var environment = new Dictionary<string, string?>(Environment) { [variable] = "http://127.0.0.1:1" };

        Assert.Equal(expected, new AwsEndpoints(environment.GetValueOrDefault).Resolve(AwsService.Rds, region).ToString());
    }

    internal static AwsClient Client(HttpMessageHandler http) => new(
        new HttpClient(http), new AwsEndpoints(Environment.GetValueOrDefault),
        () => AwsCredentials.FromEnvironment(Environment.GetValueOrDefault), new FakeTimeProvider());
}
