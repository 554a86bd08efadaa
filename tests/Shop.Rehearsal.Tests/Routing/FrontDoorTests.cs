using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.Tests.Routing;

public sealed class FrontDoorTests : IAsyncLifetime
{
    private const string East = "us-east-1";
    private const string West = "us-west-2";
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly Switches _controls = new(East, West);
    private readonly Dictionary<string, WebApplication> _uis = [];
    private readonly Dictionary<string, Uri> _addresses = [];
    private readonly HttpClient _shopper = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private FrontDoor _door = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var region in (string[])[East, West])
        {
            _uis[region] = await StartUiAsync(region);
        }

        var resolver = new Route53Resolver(Route53Record.ActiveStandby(_controls, [East, West], Ttl), _time);
        _door = await FrontDoor.StartAsync(FrontDoorOptions.Default, resolver, Ui, TimeProvider.System);
        _shopper.BaseAddress = _door.Address;
    }

    [Fact]
    public async Task Requests_reach_the_region_unchanged_with_the_address_that_was_typed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cart?x=%2F&y=1") { Content = new StringContent("productId=1") };
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Amzn-Trace-Id", "Root=1-2-3");

        var reply = await _shopper.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, reply.StatusCode);
        Assert.Equal("/cart", reply.Headers.Location?.OriginalString);
        Assert.Equal(
            $"{East} POST /cart?x=%2F&y=1 productId=1 host={_door.Address.Authority} for=127.0.0.1 proto=http trace=Root=1-2-3",
            await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_lost_region_is_asked_until_the_answer_has_expired()
    {
        var answers = Channel.CreateUnbounded<FrontDoorAnswer>();
        _door.Answered += answer => answers.Writer.TryWrite(answer);
        Assert.StartsWith(East, await _shopper.GetStringAsync("/home", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await _uis[East].DisposeAsync();
        _controls.Set(East, false);

        var lost = await _shopper.GetAsync("/home", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, lost.StatusCode);
        Assert.Contains(East, await lost.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("1", lost.Headers.GetValues("Retry-After").Single());

        _time.Advance(Ttl);
        Assert.StartsWith(West, await _shopper.GetStringAsync("/home", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (var expected in ((string, int)[])[(East, 200), (East, 502), (West, 200)])
        {
            var answer = await answers.Reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Equal(expected, (answer.Region, answer.Status));
        }
    }

    [Fact]
    public async Task A_region_without_a_ui_is_a_503()
    {
        _controls.Set(East, false);
        _uis.Remove(West, out var west);
        await west!.DisposeAsync();

        var reply = await _shopper.GetAsync("/home", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
    }

    [Fact]
    public async Task A_session_stays_in_the_region_that_gave_it_out()
    {
        var resolver = new Route53Resolver(Route53Record.ActiveActive(_controls, [East, West], Ttl), _time);
        await using var door = await FrontDoor.StartAsync(FrontDoorOptions.Default, resolver, Ui, TimeProvider.System, TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
        {
            // One connection each time, so that nothing but the cookie can tell who it is.
            using var newcomer = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = door.Address };
            var first = await newcomer.GetAsync("/session", TestContext.Current.CancellationToken);
            var cookie = first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

            using var later = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = door.Address };
            later.DefaultRequestHeaders.Add("Cookie", cookie);
            Assert.Equal(first.Headers.GetValues("X-Region"), (await later.GetAsync("/home", TestContext.Current.CancellationToken)).Headers.GetValues("X-Region"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _shopper.Dispose();
        await _door.DisposeAsync();
        foreach (var ui in _uis.Values)
        {
            await ui.DisposeAsync();
        }
    }

    private Uri? Ui(string region) => _addresses.TryGetValue(region, out var address) && _uis.ContainsKey(region) ? address : null;

    private async Task<WebApplication> StartUiAsync(string region)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            var request = context.Request;
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            context.Response.Headers["X-Region"] = region;
            if (request.Path == "/session")
            {
                context.Response.Cookies.Append("SESSIONID", Guid.CreateVersion7().ToString());
            }

            if (HttpMethods.IsPost(request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = "/cart";
            }

            await context.Response.WriteAsync(
                $"{region} {request.Method} {request.Path}{request.QueryString} {body} host={request.Host} for={request.Headers["X-Forwarded-For"]} "
                + $"proto={request.Headers["X-Forwarded-Proto"]} trace={request.Headers["X-Amzn-Trace-Id"]}",
                context.RequestAborted);
        });
        await app.StartAsync();
        _addresses[region] = new Uri(app.Urls.Single());
        return app;
    }
}
