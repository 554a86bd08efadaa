using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Running;

namespace Shop.Nemesis.Rows;

/// <summary>Rows about customers and operators.</summary>
internal static class Customers
{
    public static async Task DoubleClickAsync(RowRun run)
    {
        var visitor = run.Visitor();
        var key = await visitor.ReachReviewAsync(run.Cancel) ?? Guid.Empty;
        run.Injected("the same page is confirmed five times");
        var shown = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.ConfirmAsync(key, run.Cancel)));
        var again = await visitor.ConfirmAsync(key, run.Cancel);
        run.EndBands();
        run.Prove("they were sent at once", shown.Length == 4 && key != Guid.Empty);
        run.Expect($"each is led to the one order, or told to wait ({string.Join(", ", shown.Append(again).Select(s => $"{s.Status} {s.Location}"))})", visitor.IsAcknowledged && shown.Append(again).All(s => s.Status is 303 or 503));
        await using var orders = run.Store.Orders(run.Host.ActiveRegion);
        run.Expect("there is one order", (await orders.OrdersAsync(run.Cancel)).Count(o => o.Customer == visitor.Customer) == 1);
    }

    public static async Task OtherContentAsync(RowRun run)
    {
        var first = run.Store.Catalog.Draw(run.Store.Random);
        var second = run.Store.Catalog.Draw(run.Store.Random) with { Key = first.Key, Customer = first.Customer };
        second = second with { Items = [.. second.Items.Select(i => i with { Quantity = i.Quantity + 7 })] };
        var one = await run.Store.Buyer.SubmitAsync(first, TimeSpan.FromSeconds(30), run.Cancel, run.From);
        run.Injected("the same key with another cart");
        var two = await run.Store.Buyer.SendOnceAsync(second, run.From, run.Cancel);
        run.EndBands();
        run.Prove("the contents differ", first.Hash != second.Hash && one is { IsOk: true });
        run.Expect($"422 ({two.Status} {two.Problem})", two.Status == 422);
        run.Expect("the first order stands", await DatabaseTroubles.CountAsync(run, first) == 1);
        var cheap = run.Store.Catalog.Draw(run.Store.Random);
        cheap = cheap with { Items = [.. cheap.Items.Select(i => i with { UnitCost = i.UnitCost - 1 })] };
        var refused = await run.Store.Buyer.SendOnceAsync(cheap, run.From, run.Cancel);
        run.Expect($"an order at a price of its own is refused for good ({refused.Status})", refused.IsRefusal);
    }

    public static async Task LostRetryAsync(RowRun run)
    {
        var visitor = run.Visitor();
        var lost = await run.LoseWithTailAsync(2, async _ => run.Prove("a browser was told that its order is placed", await visitor.BuyAsync(TimeSpan.FromSeconds(40), run.Cancel)));
        await run.FailOverAsync();
        var again = await run.Store.Buyer.SubmitAsync(lost[0], TimeSpan.FromSeconds(40), run.Cancel, run.To);
        run.Expect("the retry is accepted under the same id", again is { IsOk: true } && again.OrderId == lost[0].Key);
        var report = await run.ReturnAsync();
        run.Expect("the report does not call it missing, but the other one", report is not null && !report.Missing.ContainsKey(lost[0].Key) && report.Missing.ContainsKey(lost[1].Key));
        var late = await run.Store.Buyer.SubmitAsync(lost[1], TimeSpan.FromSeconds(40), run.Cancel, run.To);
        run.Expect("a later retry is accepted too", late is { IsOk: true } && late.OrderId == lost[1].Key);
        var (status, heading) = await visitor.OrderPageAsync(run.Cancel);
        run.Expect($"the browser's page says what became of its order ({status} {heading})", heading.Contains("being recovered", StringComparison.Ordinal));
    }

    public static async Task ReplayedTwiceAsync(RowRun run)
    {
        var lost = await run.LoseWithTailAsync(3);
        await run.FailOverAsync();
        var report = await run.ReturnAsync();
        run.Injected("the report is replayed three times");
        var line = run.Host.Reports(run.To).First(r => r.Database == "orders");
        var own = run.Host.StartReplay(line, "nemesis");
        await run.UntilAsync(() => own.Status != ExecutionStatus.Running || run.Host.Status().Approvals.Count > 0, 90);
        run.Host.Answer(approve: true, by: "nemesis");
        await run.EndedAsync(own);
        run.Expect($"the requester's own word is refused ({own.Outcome.Error})", own.Status == ExecutionStatus.Failed);
        await using var orders = run.Store.Orders(run.To);
        await run.ReplayAsync();
        var once = await StateAsync(orders, run);
        run.Prove("the lost orders are back", lost.All(l => once.Contains(l.Key.ToString("D"), StringComparison.Ordinal)));
        await run.ReplayAsync();
        var twice = await StateAsync(orders, run);
        run.EndBands();
        run.Replay = new ReplayFacts(once, twice, report!.Missing.Keys.Count(k => !twice.Contains(k.ToString("D"), StringComparison.Ordinal)));
        await run.Store.QuietAsync(run.Cancel);
    }

    public static async Task ReplayedRepricedAsync(RowRun run)
    {
        var lost = await run.LoseWithTailAsync(2);
        await run.FailOverAsync();
        await run.ReturnAsync();
        var product = lost[0].Items[0];
        var catalog = run.Store.ServerOf("catalog", run.Host.ActiveRegion);
        await catalog.ExecuteAsync($"UPDATE catalog.product SET price = price + 1000 WHERE product_id = '{product.ProductId}'", run.Cancel);
        run.Injected("a product of a lost order costs 10.00 more");
        var now = await catalog.ScalarAsync<long>($"SELECT price FROM catalog.product WHERE product_id = '{product.ProductId}'", run.Cancel);
        run.Prove($"it costs {now}, not {product.UnitCost}", now == product.UnitCost + 1000);
        var replay = await run.ReplayAsync();
        await catalog.ExecuteAsync($"UPDATE catalog.product SET price = price - 1000 WHERE product_id = '{product.ProductId}'", run.Cancel);
        run.EndBands();
        await using var orders = run.Store.Orders(run.Host.ActiveRegion);
        var back = (await orders.OrdersAsync(run.Cancel)).FirstOrDefault(o => o.Id == lost[0].Key);
        run.Expect($"it is back at the price that the customer was told ({replay.Status})", back is not null && back.Total == lost[0].Total && back.Hash == lost[0].Hash);
        run.Deviates("it does not wait for a decision: an order is put back as it was acknowledged, prices of today don't matter to it; the store keeps no stock to check");
        await run.Store.QuietAsync(run.Cancel);
    }

    public static async Task OverloadAsync(RowRun run)
    {
        await run.TrafficAsync(15, 4);
        run.Injected("15 buyers a second");
        await run.KillAsync(run.From);
        await run.FailOverAsync();
        var over = TimeProvider.System.GetUtcNow();
        var traffic = run.Traffic!;
        traffic.PerSecond = 3;
        run.Expect("orders are acknowledged again", await run.UntilAsync(() => traffic.Acknowledged.Count(a => a.At > over) > 5, 60));
        var answers = run.Store.Log.All.Skip((int)run.FirstOperation).Where(o => o is { F: "submit", Type: not History.OperationType.Invoke }).GroupBy(o => o.Note?.Split(' ')[0] ?? "").Select(g => $"{g.Count()} x {g.Key}");
        run.Say($"answers: {string.Join(", ", answers)}; {traffic.TurnedAway} buyers did not get in");
        run.Prove($"{traffic.InFlight + traffic.Acknowledged.Count} buyers came", traffic.InFlight + traffic.Acknowledged.Count > 30);
        await run.StopTrafficAsync();
        await run.ReturnAsync();
    }

    public static async Task AbortedAsync(RowRun run)
    {
        var execution = await Orchestration.StoppedInAsync(run, run.To, "regional-failover", "PromoteDatabases");
        run.Prove("it was stopped", execution.Status == ExecutionStatus.Aborted);
        var writers = run.Host.Aurora.GlobalClusters.Select(g => g.Writer.Region).ToList();
        run.Say($"the writers are in {string.Join(" and ", writers)}");
        run.Expect("the store sells meanwhile, or says 503", (await run.Store.Buyer.SendOnceAsync(run.Store.Catalog.Draw(run.Store.Random), run.To, run.Cancel)).Status is 201 or 503);
        run.Host.StepFunctions(run.To).Redrive(execution.Arn);
        await run.SucceededAsync(execution);
        run.EndBands();
        run.Expect("the redrive finishes the move", run.Host.ActiveRegion == run.To);
    }

    public static async Task TypoAsync(RowRun run)
    {
        var before = (run.Host.ActiveRegion, run.MovesOf("orders"));
        run.Injected("inputs with mistakes");
        JsonObject[] inputs =
        [
            new() { ["mode"] = "fail-over", ["dryRun"] = false },
            new() { ["mode"] = "switchover", ["dryRun"] = false, ["activateRegion"] = "us-west-9" },
            new() { ["mode"] = "switchover", ["dryRun"] = "no" },
            new() { ["mode"] = "failover", ["dryRun"] = false },
            new() { ["mode"] = "switchover", ["dryRun"] = false, ["databases"] = new JsonArray("order") },
            new() { ["mode"] = "switchover", ["dryRun"] = false, ["deactivateRegion"] = run.To },
        ];
        var errors = new List<string>();
        foreach (var input in inputs)
        {
            var move = await run.EndedAsync(run.Store.Start(run.To, "regional-failover", input));
            errors.Add(move.Status == ExecutionStatus.Failed ? move.Outcome.Error! : $"{move.Status}!");
        }

        run.Prove("they were sent", errors.Count == inputs.Length);
        run.Expect($"each is refused ({string.Join(", ", errors)})", errors.All(e => e.StartsWith("Shop.", StringComparison.Ordinal)));
        run.Expect("nothing moved", (run.Host.ActiveRegion, run.MovesOf("orders")) == before);
        run.EndBands();
    }

    public static async Task NastyTextAsync(RowRun run)
    {
        const string script = "<script>alert(1)</script>";
        var nasty = run.Store.Catalog.Draw(run.Store.Random);
        var order = nasty.ToOrder();
        order["firstName"] = "=HYPERLINK(\"http://evil.invalid\")";
        order["lastName"] = $"{script}\U0001F600";
        order["email"] = "nemo@nemesis.invalid";
        Traffic.Answer? answer = null;
        await run.LoseWithTailAsync(1, async _ =>
        {
            run.Store.Log.Add(0, History.OperationType.Invoke, "submit", o => o with { Key = nasty.Key, Hash = nasty.Hash, Total = nasty.Total });
            answer = await run.Store.Buyer.SendJsonAsync(HttpMethod.Post, run.From, "orders", order, run.Cancel, ("Idempotency-Key", nasty.Key.ToString("D")));
            if (answer.IsOk)
            {
                run.Store.Log.Add(0, History.OperationType.Ok, "submit", o => o with { Key = nasty.Key, OrderId = nasty.Key, Hash = nasty.Hash, Total = nasty.Total, Epoch = answer.Epoch });
            }

            run.Prove($"the order is placed ({answer.Status})", answer.IsOk);
        });
        await run.FailOverAsync();
        var report = await run.ReturnAsync();
        run.Expect("it is in the report", report?.Missing.ContainsKey(nasty.Key) == true);
        var folder = run.Host.Reports(run.To).First(r => r.Database == "orders").Folder;
        var html = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), run.Cancel);
        var csv = string.Join("\n", Directory.GetFiles(folder, "*.csv").Select(File.ReadAllText));
        run.Expect("the page has no script of its own", !html.Contains(script, StringComparison.OrdinalIgnoreCase));
        run.Expect("no cell of the CSV begins as a formula", !csv.Split('\n').SelectMany(l => l.Split(',')).Any(c => c.TrimStart('"').StartsWith('=')));
        run.Expect("the name is masked", !html.Contains("HYPERLINK", StringComparison.Ordinal) && !csv.Contains("HYPERLINK", StringComparison.Ordinal));
    }

    private static async Task<string> StateAsync(Running.OrdersDatabase orders, RowRun run) =>
        string.Join('\n', (await orders.OrdersAsync(run.Cancel)).OrderBy(o => o.Id).Select(o => $"{o.Id:D} {o.Hash} {o.Status} {o.Recovered}"));
}
