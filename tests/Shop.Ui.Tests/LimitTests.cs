using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Ui.Tests.Support;
using Shop.Ui.Visits;

namespace Shop.Ui.Tests;

public sealed class LimitTests : IAsyncLifetime
{
    private readonly Store _store = new();

    public ValueTask InitializeAsync() => _store.InitializeAsync();

    [Fact]
    public async Task One_visitor_who_posts_like_a_machine_is_slowed_down_and_nobody_else_is()
    {
        using var hasty = _store.Shopper();
        using var other = _store.Shopper();
        await hasty.GetAsync("/home");
        await other.GetAsync("/home");

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => hasty.PostAsync("/cart/remove", new() { ["productId"] = Seed.WoodWatch })));

        var refused = replies.Where(r => r.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.True(replies.Count(r => r.Status == HttpStatusCode.SeeOther) >= 60);
        Assert.All(refused, r => Assert.Equal(("A little slower, please", "1"), (r.Text("h1"), r.Header("Retry-After"))));
        Assert.Equal(HttpStatusCode.OK, (await hasty.GetAsync("/home")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.AddAsync(Seed.WoodWatch)).Status);
    }

    [Fact]
    public async Task A_crowd_behind_one_address_is_let_in()
    {
        var shoppers = Enumerable.Range(0, 100).Select(_ => _store.Shopper()).ToList();
        var replies = await Task.WhenAll(shoppers.Select(s => s.AddAsync(Seed.WoodWatch)));

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.SeeOther, r.Status));
        shoppers.ForEach(s => s.Dispose());
    }

    [Fact]
    public void A_new_session_with_each_form_does_not_help()
    {
        var limiter = _store.Services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;
        var let = 0;
        for (var i = 0; i < 20_000; i++)
        {
            using var scope = _store.Services.CreateScope();
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { Method = "POST" } };
            context.Connection.RemoteIpAddress = IPAddress.Loopback;
            scope.ServiceProvider.GetRequiredService<Visit>().SessionId = Guid.CreateVersion7().ToString();
            using var lease = limiter.AttemptAcquire(context);
            if (!lease.IsAcquired)
            {
                return;
            }

            let++;
        }

        Assert.Fail($"{let} forms of one address, each with a session of its own, were let in.");
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
