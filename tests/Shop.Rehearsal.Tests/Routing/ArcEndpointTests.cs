using Shop.Rehearsal.Regions;
using Shop.Rehearsal.Routing;
using Shop.Rehearsal.Tests.AwsJson;

namespace Shop.Rehearsal.Tests.Routing;

public sealed class ArcEndpointTests : IAsyncLifetime
{
    private const string Target = "ToggleCustomerAPI.";
    private readonly RegionPower _eastPower = new("us-east-1");
    private readonly ArcCluster _cluster = new(["us-east-1", "us-west-2"], TimeSpan.Zero, TimeProvider.System);
    private readonly HttpClient _http = new();
    private ArcEndpoints _endpoints = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _endpoints = await ArcEndpoints.StartAsync(_cluster, [_eastPower], Cancellation);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _endpoints.DisposeAsync();
    }

    [Fact]
    public async Task A_change_through_one_endpoint_is_read_through_every_other()
    {
        var arn = _cluster.ControlArn("us-east-1");
        var (status, _) = await CallAsync(0, "UpdateRoutingControlStates",
            $$"""{"UpdateRoutingControlStateEntries":[{"RoutingControlArn":"{{arn}}","RoutingControlState":"Off"}]}""");
        Assert.Equal(200, status);

        for (var endpoint = 0; endpoint < 5; endpoint++)
        {
            var (_, state) = await CallAsync(endpoint, "GetRoutingControlState", $$"""{"RoutingControlArn":"{{arn}}"}""");
            Assert.Equal("Off", state.GetProperty("RoutingControlState").GetString());
            Assert.Equal("store-us-east-1", state.GetProperty("RoutingControlName").GetString());
        }
    }

    [Fact]
    public async Task The_list_is_paged()
    {
        var (_, first) = await CallAsync(0, "ListRoutingControls", """{"MaxResults":1}""");
        var (_, second) = await CallAsync(1, "ListRoutingControls",
            $$"""{"MaxResults":1,"NextToken":"{{first.GetProperty("NextToken").GetString()}}"}""");

        Assert.Equal("store-us-east-1", first.GetProperty("RoutingControls")[0].GetProperty("RoutingControlName").GetString());
        Assert.Equal("store-us-west-2", second.GetProperty("RoutingControls")[0].GetProperty("RoutingControlName").GetString());
        Assert.False(second.TryGetProperty("NextToken", out _));
    }

    [Theory]
    [InlineData("UpdateRoutingControlState", """{"RoutingControlArn":"arn:nothing","RoutingControlState":"Off"}""", "ResourceNotFoundException")]
    [InlineData("UpdateRoutingControlState", """{"RoutingControlArn":"arn:nothing","RoutingControlState":"off"}""", "ValidationException")]
    [InlineData("UpdateRoutingControlState", """{"RoutingControlState":"Off"}""", "ValidationException")]
    [InlineData("UpdateRoutingControlStates", """{"UpdateRoutingControlStateEntries":[]}""", "ValidationException")]
    [InlineData("ListRoutingControls", """{"ControlPanelArn":"arn:nothing"}""", "ResourceNotFoundException")]
    [InlineData("ListRoutingControls", """{"MaxResults":"many"}""", "SerializationException")]
    [InlineData("GetRoutingControlState", "[1,", "SerializationException")]
    [InlineData("SetEverything", "{}", "UnknownOperationException")]
    public async Task A_wrong_request_is_refused_by_name(string operation, string body, string error)
    {
        var (status, answer) = await CallAsync(0, operation, body);

        Assert.InRange(status, 400, 499);
        Assert.Equal(error, answer.GetProperty("__type").GetString());
        Assert.NotEqual("", answer.GetProperty("message").GetString());
    }

    [Fact]
    public async Task An_endpoint_in_maintenance_says_so_and_comes_back()
    {
        _endpoints.All[2].Fault = ArcEndpointFault.Unavailable;
        var (status, answer) = await CallAsync(2, "ListRoutingControls", "{}");
        Assert.Equal(503, status);
        Assert.Equal("EndpointTemporarilyUnavailableException", answer.GetProperty("__type").GetString());

        _endpoints.All[2].Fault = ArcEndpointFault.None;
        Assert.Equal(200, (await CallAsync(2, "ListRoutingControls", "{}")).Status);
    }

    [Fact]
    public async Task A_silent_endpoint_lets_the_caller_time_out()
    {
        _endpoints.All[1].Fault = ArcEndpointFault.Silent;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = _http.CallAsync(_endpoints.All[1].Address, Target + "ListRoutingControls", "{}", patience.Token);

        Assert.Equal(200, (await CallAsync(0, "ListRoutingControls", "{}")).Status);
        Assert.False(call.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task The_loss_of_a_region_takes_its_endpoint_but_not_the_state()
    {
        _cluster.Update([(_cluster.ControlArn("us-east-1"), false)], []);
        _eastPower.TurnOff();

        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(0, "ListRoutingControls", "{}"));
        var (_, list) = await CallAsync(1, "ListRoutingControls", "{}");
        Assert.Equal(["Off", "On"], list.GetProperty("RoutingControls").EnumerateArray()
            .Select(control => control.GetProperty("RoutingControlState").GetString()!));

        _eastPower.TurnOn();
        Assert.Equal(200, (await CallAsync(0, "ListRoutingControls", "{}")).Status);
    }

    private Task<(int Status, System.Text.Json.JsonElement Body)> CallAsync(int endpoint, string operation, string body) =>
        _http.CallAsync(_endpoints.All[endpoint].Address, Target + operation, body, Cancellation);
}
