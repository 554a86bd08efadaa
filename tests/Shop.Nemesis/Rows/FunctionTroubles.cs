using System.Text.Json.Nodes;
using MySqlConnector;

namespace Shop.Nemesis.Rows;

/// <summary>Rows about functions, their secrets and certificates.</summary>
internal static class FunctionTroubles
{
    private const string Orders = "shop-orders";

    public static async Task ColdStormAsync(RowRun run)
    {
        var region = run.Host.Region(run.To);
        var before = region.Functions.SelectMany(f => region.Lambda.WorkersOf(f.Name)).ToList();
        region.Lambda.KillAll();
        run.Injected($"{before.Count} function processes killed");
        run.Prove("they are gone", await run.UntilAsync(() => !region.Functions.SelectMany(f => region.Lambda.WorkersOf(f.Name)).Intersect(before).Any(), 10));
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => run.Store.Buyer.GetAsync(run.To, i % 2 == 0 ? "catalogue?size=5" : $"carts/nem-{i}", run.Cancel)));
        run.EndBands();
        var slowest = answers.Max(a => a.Took.TotalSeconds);
        run.Expect($"all 40 are answered ({string.Join(", ", answers.GroupBy(a => a.Status).Select(g => $"{g.Count()} x {g.Key}"))}), the slowest after {slowest:0.0} s", answers.All(a => a.Status is 200 or 502 or 503) && answers.Count(a => a.Status == 200) >= 36);
        run.Expect("orders are taken", (await run.Store.PlaceAsync(1, run.Cancel, run.To)).Count == 1);
    }

    public static async Task KilledAsync(RowRun run)
    {
        var intent = run.Store.Catalog.Draw(run.Store.Random);
        await run.Store.PlaceAsync(1, run.Cancel, run.From);
        await using var orders = run.Store.Orders(run.From);
        await using var holder = await orders.OpenAsync(run.Cancel);
        await using var transaction = await holder.BeginTransactionAsync(run.Cancel);
        await new MySqlCommand("SELECT * FROM region_epoch ORDER BY epoch DESC LIMIT 1 FOR UPDATE", holder, transaction).ExecuteScalarAsync(run.Cancel);
        var sending = run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel);
        var waits = await run.UntilAsync(async () => await orders.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'", run.Cancel) > 0, 15);
        var pids = run.Host.Region(run.From).Lambda.WorkersOf(Orders);
        foreach (var pid in pids)
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            process.Kill();
        }

        run.Injected("the orders function is killed in the middle of its transaction");
        run.Prove("its transaction was open", waits && pids.Count > 0);
        var answer = await sending;
        await transaction.RollbackAsync(run.Cancel);
        run.EndBands();
        run.Expect($"the client was not told yes ({answer.Status})", !answer.IsOk);
        var again = await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(60), run.Cancel, run.From);
        run.Expect("the retry places it, once", again is { IsOk: true } && await DatabaseTroubles.CountAsync(run, intent) == 1);
    }

    public static async Task InvokedTwiceAsync(RowRun run)
    {
        IReadOnlyList<Traffic.Intent> placed;
        await using (await run.FaultAsync("link rabbitmq FROM cut"))
        {
            placed = await run.Store.PlaceAsync(4, run.Cancel, run.From);
        }

        run.Injected("the relay is invoked three times at once");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => run.Store.RelayAsync(run.From, run.Cancel)));
        run.EndBands();
        await run.Store.QuietAsync(run.Cancel);
        run.Expect("each event came, under one id", await QueueTroubles.DeliveredAsync(run, placed)
            && run.Store.Consumer.Deliveries.Where(d => placed.Any(p => p.Key == d.OrderId)).GroupBy(d => d.OrderId).All(g => g.Select(d => d.EventId).Distinct().Count() == 1));
    }

    public static async Task RotatedAsync(RowRun run)
    {
        await run.TrafficAsync(4, 2);
        var server = run.Store.ServerOf("orders", run.From);
        for (var i = 0; i < 5; i++)
        {
            var password = $"Rotated-{Guid.CreateVersion7():N}";
            await server.ExecuteAsync($"ALTER USER 'shop_orders'@'%' IDENTIFIED BY '{password}'", run.Cancel);
            foreach (var region in run.Host.Options.Regions)
            {
                run.Host.Region(region).Secrets.Put("shop-orders-app", new JsonObject { ["username"] = "shop_orders", ["password"] = password }.ToJsonString());
            }

            run.Injected($"rotation {i + 1}");
            run.Host.Aurora.Global("orders").WriterEndpoint(run.From).ResetConnections();
            await Task.Delay(1500, run.Cancel);
            run.EndBands();
        }

        run.Prove("the database refuses the first password", !await CanLogInAsync(run));
        await run.StopTrafficAsync();
        var mine = run.Store.Log.All.Skip((int)run.FirstOperation).Where(o => o.F == "submit").GroupBy(o => o.Key).ToList();
        var refused = mine.Count(g => g.Any(o => o.Type == History.OperationType.Fail));
        run.Expect($"of {mine.Count} buyers none was refused for good", refused == 0 && mine.Count > 10);
        run.Expect("all got their order", mine.All(g => g.Any(o => o.Type == History.OperationType.Ok)));
    }

    public static async Task NoSecretsAsync(RowRun run)
    {
        await run.Store.PlaceAsync(1, run.Cancel, run.From);
        var intent = run.Store.Catalog.Draw(run.Store.Random);
        Traffic.Answer cold;
        await using (await run.FaultAsync("service secretsmanager FROM failing"))
        {
            run.Expect("running workers go on", (await run.Store.PlaceAsync(2, run.Cancel, run.From, atOnce: 1)).Count == 2);
            foreach (var pid in run.Host.Region(run.From).Lambda.WorkersOf(Orders))
            {
                using var process = System.Diagnostics.Process.GetProcessById(pid);
                process.Kill();
            }

            run.Say("the orders function's processes are killed");
            await run.UntilAsync(() => run.Host.Region(run.From).Lambda.WorkersOf(Orders).Count == 0, 5);
            cold = await run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel);
        }

        run.Expect($"new ones fail closed ({cold.Status})", cold.Status is 503 or 502);
        run.Expect("it recovers", await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(40), run.Cancel, run.From) is { IsOk: true });
    }

    public static async Task WrongAuthorityAsync(RowRun run)
    {
        var lambda = run.Host.Region(run.From).Lambda;
        var right = lambda.Functions.Single(f => f.Name == Orders);
        var other = Path.Combine(Path.GetTempPath(), $"authority-{Guid.CreateVersion7():N}.pem");
        using (var key = System.Security.Cryptography.ECDsa.Create())
        {
            var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=somebody else", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
            using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
            await File.WriteAllTextAsync(other, certificate.ExportCertificatePem(), run.Cancel);
        }

        var intent = run.Store.Catalog.Draw(run.Store.Random);
        try
        {
            lambda.Deploy(right with { Environment = new Dictionary<string, string>(right.Environment) { ["DB_SSL_CA"] = other } });
            run.Injected("the orders function trusts another authority");
            var answer = await run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel);
            run.Prove("the setting is in force", lambda.Functions.Single(f => f.Name == Orders).Environment["DB_SSL_CA"] == other);
            run.Expect($"it refuses to connect ({answer.Status})", answer.Status == 503);
            run.Expect("nothing was kept", await DatabaseTroubles.CountAsync(run, intent) == 0);
        }
        finally
        {
            lambda.Deploy(right);
            await lambda.WarmAsync(Orders);
            File.Delete(other);
            run.EndBands();
        }

        run.Expect("with the right one it takes orders", await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(40), run.Cancel, run.From) is { IsOk: true });
        run.Deviates("Redis and RabbitMQ speak plain TCP in the local Regions, so their certificates can't be tried here; their clients' checks are in tests/Shop.Functions.Tests");
    }

    private static async Task<bool> CanLogInAsync(RowRun run)
    {
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1", Port = (uint)run.Store.ServerOf("orders", run.From).Port, UserID = "shop_orders", Password = "not-this-one", Pooling = false, SslMode = MySqlSslMode.Required,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(run.Cancel);
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }
}
