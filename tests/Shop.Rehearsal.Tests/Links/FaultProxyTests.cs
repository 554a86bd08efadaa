using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Shop.Rehearsal.Links;
using Shop.Testing;

namespace Shop.Rehearsal.Tests.Links;

public sealed class FaultProxyTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task Everything_comes_through_in_order_and_the_client_s_end_comes_before_the_server_s_tail()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        using var client = await ConnectAsync(proxy);
        var stream = client.GetStream();
        var sent = RandomNumberGenerator.GetBytes(3_000_000);

        var writing = WriteAllAsync(client, sent);
        var received = new MemoryStream();
        await stream.CopyToAsync(received, Token);
        await writing;

        Assert.Equal(sent, received.ToArray());
        Assert.Equal((sent.Length, sent.Length), (proxy.Counters.BytesForth, proxy.Counters.BytesBack));
        await Eventually.HoldsAsync(() => proxy.OpenConnections == 0);
        Assert.Equal(1, proxy.AcceptedConnections);
    }

    [Fact]
    public async Task A_cut_resets_who_is_connected_and_who_comes_until_it_heals()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        using var connected = await ConnectAsync(proxy);
        await AssertEchoesAsync(connected);

        proxy.Fault = LinkFault.Cut;

        await AssertResetAsync(connected);
        await AssertRefusesAsync(proxy);

        proxy.Fault = LinkFault.Pass;
        using var healed = await ConnectAsync(proxy);
        await AssertEchoesAsync(healed);
    }

    [Fact]
    public async Task Refusing_resets_only_who_comes()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        using var connected = await ConnectAsync(proxy);
        await AssertEchoesAsync(connected);

        proxy.Fault = LinkFault.Refuse;

        await AssertRefusesAsync(proxy);
        await AssertEchoesAsync(connected);
    }

    [Fact]
    public async Task A_blackhole_is_silent_and_gives_back_what_was_on_its_way()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        using var connected = await ConnectAsync(proxy);
        await AssertEchoesAsync(connected);

        proxy.Fault = LinkFault.Blackhole;
        using var late = await ConnectAsync(proxy);
        await late.GetStream().WriteAsync(new byte[] { 2 }, Token);
        await connected.GetStream().WriteAsync(new byte[] { 1 }, Token);
        var answers = Task.WhenAll(ReadByteAsync(connected), ReadByteAsync(late));

        Assert.NotSame(answers, await Task.WhenAny(answers, Task.Delay(Moment, Token)));

        proxy.Fault = LinkFault.Pass;
        int[] expected = [1, 2];
        Assert.Equal(expected, await answers.WaitAsync(Token));
    }

    [Fact]
    public async Task A_reset_is_not_heard_through_a_blackhole()
    {
        using var server = new EchoServer("hello");
        await using var proxy = FaultProxy.Start(server.Port);
        using var client = await ConnectAsync(proxy);
        await client.GetStream().ReadExactlyAsync(new byte[5], Token);
        proxy.Fault = LinkFault.Blackhole;

        client.Client.LingerState = new LingerOption(true, 0);
        client.Close();
        await Task.Delay(Moment, Token);
        Assert.Equal(1, proxy.OpenConnections);

        proxy.Fault = LinkFault.Pass;
        await Eventually.HoldsAsync(() => proxy.OpenConnections == 0);
    }

    [Fact]
    public async Task A_delay_holds_back_each_chunk_but_does_not_add_up()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        proxy.Fault = LinkFault.DelayedBy(Moment);
        using var client = await ConnectAsync(proxy);
        var stream = client.GetStream();
        var clock = Stopwatch.StartNew();

        var sent = new byte[64 * 16 * 1024];
        var writing = WriteAllAsync(client, sent);
        await stream.ReadExactlyAsync(new byte[1], Token);
        Assert.InRange(clock.Elapsed, 2 * Moment, TimeSpan.MaxValue);
        await stream.ReadExactlyAsync(new byte[sent.Length - 1], Token);
        await writing;

        // Chunk by chunk, one after the other, it would be 64 times there and 64 times back.
        Assert.InRange(clock.Elapsed, 2 * Moment, 64 * Moment);
    }

    [Fact]
    public async Task A_throttle_takes_its_time()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        proxy.Fault = LinkFault.ThrottledTo(100_000);
        using var client = await ConnectAsync(proxy);
        var stream = client.GetStream();
        var clock = Stopwatch.StartNew();

        var writing = WriteAllAsync(client, new byte[40_000]);
        await stream.ReadExactlyAsync(new byte[40_000], Token);
        await writing;

        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(300), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_new_target_resets_old_connections_and_takes_the_new_ones_on_the_same_port()
    {
        using EchoServer east = new("east"), west = new("west");
        await using var proxy = FaultProxy.Start(east.Port);
        var port = proxy.Port;
        using var before = await ConnectAsync(proxy);
        Assert.Equal("east", await ReadNameAsync(before));

        proxy.LeadTo(west.Port);

        await AssertResetAsync(before);
        using var after = await ConnectAsync(proxy);
        Assert.Equal("west", await ReadNameAsync(after));
        Assert.Equal(port, proxy.Port);
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_resets()
    {
        await using var proxy = FaultProxy.Start();
        await AssertRefusesAsync(proxy);
    }

    [Fact]
    public async Task A_region_link_breaks_all_its_proxies_and_those_attached_later()
    {
        using var server = new EchoServer();
        await using FaultProxy first = FaultProxy.Start(server.Port), second = FaultProxy.Start(server.Port);
        var link = new RegionLink("test");
        link.Attach(first);
        link.Fault = LinkFault.Cut;
        link.Attach(second);
        Assert.Equal((LinkFault.Cut, LinkFault.Cut), (first.Fault, second.Fault));

        link.Detach(second);
        Assert.Equal((LinkFault.Cut, LinkFault.Pass), (first.Fault, second.Fault));
    }

    [Fact]
    public async Task A_reset_comes_with_the_first_bytes()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        proxy.Fault = LinkFault.Reset;
        using var client = await ConnectAsync(proxy);
        await client.GetStream().WriteAsync(new byte[] { 1 }, Token);
        await AssertResetAsync(client);
        Assert.Equal((0, 0), (proxy.Counters.BytesForth, proxy.Counters.BytesBack));
        Assert.True(proxy.Counters.Disturbed > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_half_open_link_is_silent_in_one_direction(bool forth)
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        using var client = await ConnectAsync(proxy);
        await AssertEchoesAsync(client);

        proxy.Fault = forth ? LinkFault.SilentForth : LinkFault.SilentBack;
        await client.GetStream().WriteAsync(new byte[] { 7 }, Token);
        var answer = ReadByteAsync(client);
        await Task.Delay(Moment, Token);
        Assert.False(answer.IsCompleted);
        Assert.Equal(forth ? 1 : 2, proxy.Counters.BytesForth);

        proxy.Fault = LinkFault.Pass;
        Assert.Equal(7, await answer.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task A_link_that_is_cut_after_some_bytes_carries_just_these()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        proxy.Fault = LinkFault.CutAfter(3);
        using var client = await ConnectAsync(proxy);
        await client.GetStream().WriteAsync(new byte[] { 1, 2, 3, 4, 5 }, Token);
        await Eventually.HoldsAsync(() => proxy.OpenConnections == 0);
        Assert.Equal(3, proxy.Counters.BytesForth);
    }

    [Fact]
    public async Task An_answer_that_is_waited_for_does_not_arrive_and_what_comes_before_it_does()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        proxy.Fault = LinkFault.CutAtAnswer(new byte[] { 9, 9 });
        using var client = await ConnectAsync(proxy);
        await AssertEchoesAsync(client);
        await client.GetStream().WriteAsync(new byte[] { 1, 9, 9 }, Token);
        await AssertResetAsync(client);
        Assert.Equal(1, proxy.Counters.BytesBack);
    }

    [Fact]
    public async Task Jitter_comes_on_top_of_the_delay()
    {
        using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Port);
        proxy.Fault = LinkFault.DelayedBy(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        using var client = await ConnectAsync(proxy);
        var clock = Stopwatch.StartNew();
        await AssertEchoesAsync(client);
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(190), $"{clock.Elapsed}");
        Assert.True(proxy.Counters.Disturbed > 0);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<TcpClient> ConnectAsync(FaultProxy proxy)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", proxy.Port, Token);
        return client;
    }

    private static async Task WriteAllAsync(TcpClient client, byte[] bytes)
    {
        await client.GetStream().WriteAsync(bytes, Token);
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task<int> ReadByteAsync(TcpClient client)
    {
        var one = new byte[1];
        await client.GetStream().ReadExactlyAsync(one, Token);
        return one[0];
    }

    private static async Task<string> ReadNameAsync(TcpClient client)
    {
        var name = new byte[4];
        await client.GetStream().ReadExactlyAsync(name, Token);
        return System.Text.Encoding.ASCII.GetString(name);
    }

    private static async Task AssertEchoesAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync(new byte[] { 42 }, Token);
        Assert.Equal(42, await ReadByteAsync(client).WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    /// <summary>The reset may come before the client has noticed that it was connected.</summary>
    private static async Task AssertRefusesAsync(FaultProxy proxy)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var client = await ConnectAsync(proxy);
            await ReadByteAsync(client).WaitAsync(TimeSpan.FromSeconds(30), Token);
        });
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(failure.InnerException ?? failure).SocketErrorCode);
    }

    private static async Task AssertResetAsync(TcpClient client)
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => ReadByteAsync(client).WaitAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(failure.InnerException).SocketErrorCode);
    }
}
