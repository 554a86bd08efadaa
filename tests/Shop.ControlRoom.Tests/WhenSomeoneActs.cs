using System.Net;
using AngleSharp.Html.Parser;
using Shop.ControlRoom.Tests.Staging;
using Shop.Rehearsal.Hosting;

namespace Shop.ControlRoom.Tests;

/// <summary>Who may look, who may act, and what a command's answer is.</summary>
public sealed class WhenSomeoneActs : IAsyncLifetime
{
    private StagedServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StagedServer.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Who_has_no_token_sees_everything_and_can_do_nothing()
    {
        var page = await new HtmlParser().ParseDocumentAsync(await _server.PageAsync(mayAct: false), Cancel);

        Assert.NotEmpty(page.QuerySelectorAll("form[data-command] button"));
        Assert.All(page.QuerySelectorAll("form[data-command] button"), b => Assert.True(b.HasAttribute("disabled")));
        Assert.DoesNotContain(_server.Server.Access.FormKey, page.Source.Text, StringComparison.Ordinal);
        Assert.Contains("make up", page.QuerySelector("#look-only")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync()).Status);
        Assert.Empty(_server.Room.Told);
    }

    [Fact]
    public async Task The_address_with_the_token_gives_a_cookie_and_leaves_the_token_behind()
    {
        using var answer = await _server.Http.GetAsync(_server.Server.Entrance, Cancel);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith(_server.Cookie, cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task A_wrong_token_gives_no_cookie()
    {
        using var answer = await _server.Http.GetAsync(new Uri("/?token=0123", UriKind.Relative), Cancel);

        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("cookie, key", HttpStatusCode.OK)]
    [InlineData("cookie, key, own origin", HttpStatusCode.OK)]
    [InlineData("header", HttpStatusCode.OK)]
    [InlineData("cookie", HttpStatusCode.Forbidden)]
    [InlineData("key", HttpStatusCode.Forbidden)]
    [InlineData("wrong header", HttpStatusCode.Forbidden)]
    [InlineData("cookie, key, other origin", HttpStatusCode.Forbidden)]
    [InlineData("cookie, key, other port", HttpStatusCode.Forbidden)]
    [InlineData("cookie, key, null origin", HttpStatusCode.Forbidden)]
    [InlineData("cookie, key, same site", HttpStatusCode.Forbidden)]
    [InlineData("header, other origin", HttpStatusCode.Forbidden)]
    public async Task Acting_takes_the_token_and_this_very_page(string with, HttpStatusCode status)
    {
        var answer = await SendAsync(with.Split(", "));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, _server.Room.Told.Count);
    }

    [Fact]
    public async Task A_name_that_was_made_to_point_here_reads_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "rebound.example" } };
        using var answer = await _server.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.DoesNotContain("Regions", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_it_and_why_arrive_with_the_command()
    {
        await SendAsync(["cookie", "key"], ("by", "ann"), ("reason", "a drill"), ("argument", "us-east-1"));

        Assert.True(_server.Room.Told.TryDequeue(out var told));
        Assert.Equal(new CommandRequest("lose-region", "us-east-1", "ann", "control room", "a drill"), told);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_reason()
    {
        _server.Room.Refusal = new CommandException("us-east-1 is lost already.");

        Assert.Equal((HttpStatusCode.Conflict, "us-east-1 is lost already."), await SendAsync("cookie", "key"));
    }

    [Fact]
    public async Task Nothing_on_the_page_runs_that_is_not_its_own()
    {
        using var answer = await _server.Http.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*src=\"/assets/)", page);
    }

    [Fact]
    public async Task What_others_write_is_text_on_the_page_and_not_markup()
    {
        _server.Room.View = Scenes.Well with { Timeline = [new(DateTimeOffset.UnixEpoch, "<script>alert(1)</script>")] };

        Assert.Contains("&lt;script&gt;alert(1)", await _server.PageAsync(mayAct: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("moving")]
    [InlineData("report")]
    public async Task The_page_with_all_it_loads_is_small(string scene)
    {
        await using var scenes = new Scenes();
        var (view, query) = await scenes.MakeAsync(scene, Cancel);
        _server.Room.View = view;
        _server.Http.DefaultRequestHeaders.Add("Cookie", _server.Cookie);
        _server.Http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        var bytes = (await _server.Http.GetByteArrayAsync(new Uri("/" + query, UriKind.Relative), Cancel)).Length;
        foreach (var asset in (string[])["room.css", "room.js", "charts.js", "icon.svg"])
        {
            bytes += (await _server.Http.GetByteArrayAsync(new Uri($"/assets/{asset}", UriKind.Relative), Cancel)).Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{scene}: {bytes} bytes on the wire");
        Assert.InRange(bytes, 12_000, 150 * 1024);
    }

    private Task<(HttpStatusCode Status, string Text)> SendAsync(params string[] with) => SendAsync(with, []);

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(string[] with, params (string Name, string Value)[] fields)
    {
        var own = _server.Server.Address.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/commands/lose-region");
        var all = fields.ToList();
        foreach (var part in with)
        {
            (string Name, string Value) header = part switch
            {
                "cookie" => ("Cookie", _server.Cookie),
                "header" => ("X-Control-Token", _server.Server.Access.Token),
                "wrong header" => ("X-Control-Token", "0123"),
                "own origin" => ("Origin", own),
                "other origin" => ("Origin", "http://shop.example"),
                "other port" => ("Origin", "http://127.0.0.1:1"),
                "null origin" => ("Origin", "null"),
                "same site" => ("Sec-Fetch-Site", "same-site"),
                _ => ("", ""),
            };
            if (part == "key")
            {
                all.Add(("key", _server.Server.Access.FormKey));
            }
            else
            {
                request.Headers.Add(header.Name, header.Value);
            }
        }

        if (all.Count > 0)
        {
            request.Content = new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        using var answer = await _server.Http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
