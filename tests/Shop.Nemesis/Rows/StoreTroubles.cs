using System.Net.Sockets;
using System.Text;

namespace Shop.Nemesis.Rows;

/// <summary>Rows about carts and checkouts.</summary>
internal static class StoreTroubles
{
    public static async Task CacheKilledAsync(RowRun run)
    {
        var visitor = run.Visitor();
        var key = await visitor.ReachReviewAsync(run.Cancel);
        run.Expect("the review page is reached", key is not null);
        foreach (var region in run.Host.Options.Regions)
        {
            await run.Host.Region(region).Redis.KillAsync();
        }

        run.Injected("Redis of both Regions killed");
        run.Prove("no Redis runs", run.Host.Options.Regions.All(r => !run.Host.Region(r).Redis.IsRunning));
        var shown = await visitor.ConfirmAsync(key ?? Guid.Empty, run.Cancel);
        run.Expect($"no crash is shown ({shown.Status})", shown.Status is 503 or 303 or 200);
        foreach (var region in run.Host.Options.Regions)
        {
            await run.Host.Region(region).Redis.StartAsync(run.Cancel);
        }

        run.EndBands();
        run.Expect("the customer buys after entering the details again", await visitor.BuyAsync(TimeSpan.FromSeconds(60), run.Cancel));
        await using var orders = run.Store.Orders(run.Host.ActiveRegion);
        run.Expect("one order", (await orders.OrdersAsync(run.Cancel)).Count(o => o.Customer == visitor.Customer) == 1);
    }

    public static async Task CachePausedAsync(RowRun run)
    {
        var customer = $"nem-{Guid.CreateVersion7():N}";
        await UpdateAsync(run, customer, run.From);
        run.Host.Region(run.From).Redis.Suspend();
        run.Injected("Redis frozen");
        Traffic.Answer answer;
        try
        {
            answer = await run.Store.Buyer.GetAsync(run.From, $"checkout/{customer}", run.Cancel);
            run.Prove("Redis does not answer", !await PingsAsync(run, run.From));
        }
        finally
        {
            run.Host.Region(run.From).Redis.Resume();
            run.EndBands();
        }

        run.Expect($"503 ({answer.Status}) with Retry-After ({answer.RetryAfter ?? "none"}) after {answer.Took.TotalSeconds:0.0} s", answer is { Status: 503, RetryAfter: not null } && answer.Took < TimeSpan.FromSeconds(8));
        if (answer.Took > TimeSpan.FromSeconds(1))
        {
            run.Deviates($"the answer took {answer.Took.TotalSeconds:0.0} s, not the 250 ms of the matrix: the driver's own time-out, once, before the breaker opens");
        }

        run.Expect("it recovers", await run.UntilAsync(async () => (await run.Store.Buyer.GetAsync(run.From, $"checkout/{customer}", run.Cancel)).Status == 200, 40));
    }

    public static async Task CacheFullAsync(RowRun run)
    {
        await RedisAsync(run, run.From, "CONFIG SET maxmemory-policy noeviction");
        await RedisAsync(run, run.From, "CONFIG SET maxmemory 1mb");
        run.Injected("Redis has 1 MB");
        var statuses = new List<Traffic.Answer>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add(await UpdateAsync(run, $"nem-{Guid.CreateVersion7():N}", run.From));
        }

        run.Prove("Redis refuses writes", (await RedisAsync(run, run.From, "SET nemesis x")).Contains("OOM", StringComparison.Ordinal));
        await RedisAsync(run, run.From, "CONFIG SET maxmemory 0");
        run.EndBands();
        run.Expect($"a clear error ({string.Join(", ", statuses.Select(s => $"{s.Status} {s.Problem}"))})", statuses.All(s => s.Status == 503));
        run.Expect("it recovers", await run.UntilAsync(async () => (await UpdateAsync(run, $"nem-{Guid.CreateVersion7():N}", run.From)).Status == 201, 40));
    }

    public static async Task StaleCheckoutAsync(RowRun run)
    {
        var customer = $"nem-{Guid.CreateVersion7():N}";
        var item = run.Store.Catalog.Draw(run.Store.Random).Items[0];
        await UpdateAsync(run, customer, run.From, item);
        var stored = Bulk(await RedisAsync(run, run.From, $"GET checkout:{customer}"));
        run.Expect("the checkout is in the cache", stored.Length > 0);
        var cheap = stored.Replace($"\"unitCost\":{item.UnitCost}", "\"unitCost\":1", StringComparison.Ordinal).Replace($"\"totalCost\":{item.UnitCost}", "\"totalCost\":1", StringComparison.Ordinal);
        run.Prove("the copy has another price", cheap != stored);
        await RedisSetAsync(run, run.To, $"checkout:{customer}", cheap);
        run.Injected("a checkout with other prices is in the other Region's cache");
        var key = Guid.CreateVersion7();
        var answer = await run.Store.Buyer.SendJsonAsync(HttpMethod.Post, run.To, $"checkout/{customer}/submit", null, run.Cancel, ("Idempotency-Key", key.ToString("D")));
        run.EndBands();
        await using var orders = run.Store.Orders(run.Host.ActiveRegion);
        var placed = (await orders.OrdersAsync(run.Cancel)).FirstOrDefault(o => o.Id == key);
        run.Store.Log.Add(0, History.OperationType.Invoke, "submit", o => o with { Key = key });
        run.Expect($"it is not sold at that price ({answer.Status} {answer.Problem})", placed is null || placed.Subtotal == item.UnitCost);
        run.Expect("and nothing breaks", answer.Status is 400 or 409 or 422 or 201);
    }

    public static async Task CartsApartAsync(RowRun run)
    {
        var customer = $"nem-{Guid.CreateVersion7():N}";
        var items = run.Store.Catalog.Draw(new Random(3)).Items.Concat(run.Store.Catalog.Draw(new Random(4)).Items).DistinctBy(i => i.ProductId).Take(2).ToList();
        await using (await run.FaultAsync("link tables cut"))
        {
            await AddAsync(run, customer, run.From, items[0], 1);
            await AddAsync(run, customer, run.To, items[1], 1);
            var apart = await CartAsync(run, customer, run.To);
            run.Prove("the other Region does not see the first one's item", !apart.Contains(items[0].ProductId, StringComparison.Ordinal));
        }

        run.Expect("afterwards both Regions have both items", await run.UntilAsync(async () =>
        {
            var carts = await Task.WhenAll(run.Host.Options.Regions.Select(r => CartAsync(run, customer, r)));
            return carts.All(c => items.All(i => c.Contains(i.ProductId, StringComparison.Ordinal)));
        }, 30));
    }

    public static async Task CartsCollideAsync(RowRun run)
    {
        var customer = $"nem-{Guid.CreateVersion7():N}";
        var item = run.Store.Catalog.Draw(run.Store.Random).Items[0];
        await AddAsync(run, customer, run.From, item, 1);
        await run.UntilAsync(async () => (await CartAsync(run, customer, run.To)).Contains(item.ProductId, StringComparison.Ordinal), 20);
        await using (await run.FaultAsync("link tables cut"))
        {
            await SetAsync(run, customer, run.From, item, 3);
            await Task.Delay(20, run.Cancel);
            await SetAsync(run, customer, run.To, item, 5);
            var apart = await Task.WhenAll(run.Host.Options.Regions.Select(r => CartAsync(run, customer, r)));
            run.Prove("the Regions disagree", apart[0] != apart[1]);
        }

        var agreed = await run.UntilAsync(async () =>
        {
            var carts = await Task.WhenAll(run.Host.Options.Regions.Select(r => CartAsync(run, customer, r)));
            return carts[0] == carts[1];
        }, 30);
        run.Expect("the later write wins in both", agreed && (await CartAsync(run, customer, run.From)).Contains("\"quantity\":5", StringComparison.Ordinal));
    }

    public static async Task TableThrottledAsync(RowRun run)
    {
        var customer = $"nem-{Guid.CreateVersion7():N}";
        var item = run.Store.Catalog.Draw(run.Store.Random).Items[0];
        Traffic.Answer answer;
        await using (await run.FaultAsync("service dynamodb FROM throttled"))
        {
            answer = await AddAsync(run, customer, run.From, item, 1);
        }

        run.Expect($"503 ({answer.Status}) with Retry-After ({answer.RetryAfter ?? "none"})", answer is { Status: 503, RetryAfter: not null });
        run.Expect("it recovers", await run.UntilAsync(async () => (await AddAsync(run, customer, run.From, item, 1)).Status == 201, 40));
    }

    private static Task<Traffic.Answer> AddAsync(RowRun run, string customer, string region, Traffic.IntentItem item, int quantity) =>
        run.Store.Buyer.SendJsonAsync(HttpMethod.Post, region, $"carts/{customer}/items", new { itemId = item.ProductId, quantity, unitPrice = item.UnitCost }, run.Cancel);

    private static Task<Traffic.Answer> SetAsync(RowRun run, string customer, string region, Traffic.IntentItem item, int quantity) =>
        run.Store.Buyer.SendJsonAsync(HttpMethod.Patch, region, $"carts/{customer}/items", new { itemId = item.ProductId, quantity }, run.Cancel);

    private static async Task<string> CartAsync(RowRun run, string customer, string region) =>
        (await run.Store.Buyer.GetAsync(region, $"carts/{customer}", run.Cancel)).Body?.GetRawText() ?? "";

    private static Task<Traffic.Answer> UpdateAsync(RowRun run, string customer, string region, Traffic.IntentItem? item = null)
    {
        item ??= run.Store.Catalog.Draw(run.Store.Random).Items[0];
        return run.Store.Buyer.SendJsonAsync(HttpMethod.Post, region, $"checkout/{customer}/update", new
        {
            customerEmail = "nemo@nemesis.invalid",
            items = new[] { new { id = item.ProductId, name = item.Name, quantity = 1, unitCost = item.UnitCost, totalCost = item.UnitCost } },
            shippingAddress = new { firstName = "Nemo", lastName = "Nemesis", address1 = "20 Deep Lane", city = "Springfield", state = "WA", zip = "98101" },
            subtotal = item.UnitCost,
            deliveryOptionToken = "priority-mail",
        }, run.Cancel);
    }

    private static async Task<bool> PingsAsync(RowRun run, string region)
    {
        try
        {
            return (await RedisAsync(run, region, "PING").WaitAsync(TimeSpan.FromMilliseconds(500), run.Cancel)).Contains("PONG", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            return false;
        }
    }

    private static Task<string> RedisAsync(RowRun run, string region, string command) => ExchangeAsync(run, region, Encoding.UTF8.GetBytes(command + "\r\n"));

    private static Task<string> RedisSetAsync(RowRun run, string region, string key, string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        return ExchangeAsync(run, region, Encoding.UTF8.GetBytes($"*3\r\n$3\r\nSET\r\n${Encoding.UTF8.GetByteCount(key)}\r\n{key}\r\n${bytes}\r\n{value}\r\n"));
    }

    private static async Task<string> ExchangeAsync(RowRun run, string region, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", run.Host.Region(region).Redis.Port, run.Cancel);
        await client.GetStream().WriteAsync(request, run.Cancel);
        var buffer = new byte[64 * 1024];
        var read = await client.GetStream().ReadAsync(buffer, run.Cancel);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    /// <summary>The text of a bulk answer, <c>$5\r\nhello\r\n</c>.</summary>
    private static string Bulk(string answer) => answer.StartsWith('$') && answer.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var end && !answer.StartsWith("$-1", StringComparison.Ordinal)
        ? answer[(end + 2)..].TrimEnd('\r', '\n') : "";

}
