using System.Text.Json.Nodes;
using MySqlConnector;
using Shop.Asl;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Running;
using Shop.Rehearsal.Faults;

namespace Shop.Nemesis.Rows;

/// <summary>Rows in which the databases are in trouble and the Region lives.</summary>
internal static class DatabaseTroubles
{
    public static async Task HalfOrdersAsync(RowRun run)
    {
        await using var standby = run.Store.Orders(run.To);
        await run.TrafficAsync(5, warmUpSeconds: 1);
        var (looks, halves) = (0, 0L);
        await using (await run.FaultAsync("link orders-writer FROM flap 150ms"))
        {
            var until = TimeProvider.System.GetUtcNow().AddSeconds(8);
            while (TimeProvider.System.GetUtcNow() < until)
            {
                halves += await standby.ScalarAsync<long>("SELECT COUNT(*) FROM customer_order o LEFT JOIN customer_order_item i ON i.order_id = o.id WHERE i.order_id IS NULL", run.Cancel);
                looks++;
                await Task.Delay(20, run.Cancel);
            }
        }

        await run.StopTrafficAsync();
        run.Expect($"in {looks} looks at the standby no order was without items", looks > 20 && halves == 0);
    }

    public static async Task SwitchoverAsync(RowRun run)
    {
        await run.TrafficAsync(3, 6);
        var start = TimeProvider.System.GetUtcNow();
        var baseline = run.Traffic!.PerMinute(run.Since.AddSeconds(1), start);
        run.Injected("planned move");
        var move = await run.SucceededAsync(run.Store.StartMove(run.To, planned: true));
        var over = TimeProvider.System.GetUtcNow();
        run.Prove("the writer has moved", run.Host.ActiveRegion == run.To);
        run.EndBands();
        var recovered = await run.UntilAsync(() => run.Traffic.Acknowledged.Any(a => a.At > over), 30);
        var seconds = (TimeProvider.System.GetUtcNow() - over).TotalSeconds;
        await Task.Delay(6000, run.Cancel);
        run.Recovery = new RecoveryFacts(baseline, run.Traffic.PerMinute(TimeProvider.System.GetUtcNow().AddSeconds(-5), TimeProvider.System.GetUtcNow()), seconds, 30);
        await run.StopTrafficAsync();
        run.Expect("orders are taken afterwards", recovered);
        var proofs = NemesisStore.OutputOf(move) is { } output && output.TryGetProperty("proofs", out var p) ? p.EnumerateArray().Select(x => x.GetProperty("status").GetString()).ToList() : [];
        run.Expect($"both sides have equal sums ({string.Join(", ", proofs)})", proofs.Count == 2 && proofs.All(s => s == "equal"));
        run.Expect("no reconciliation was needed", !run.Host.StepFunctions(run.To).Executions.Any(e => e.StateMachineName == "reconciliation" && e.StartDate >= run.Since));
    }

    public static async Task LaggingSwitchoverAsync(RowRun run)
    {
        var fault = await run.FaultAsync("replication delay 40s");
        await run.Store.PlaceAsync(4, run.Cancel, run.From);
        await using (var standby = run.Store.Orders(run.To))
        {
            var behind = (await run.Host.Aurora.Global("orders").MeasureLagAsync(run.Cancel)).Transactions;
            run.Prove($"the standby is {behind} transactions behind", behind > 0);
        }

        var move = await run.EndedAsync(run.Store.StartMove(run.To, planned: true));
        run.Expect($"it waited or refused ({move.Status} {move.Outcome.Error})", move.Status == ExecutionStatus.Succeeded ? run.Host.ActiveRegion == run.To : run.Host.ActiveRegion == run.From);
        await fault.DisposeAsync();
        run.Expect("orders are taken", (await run.Store.PlaceAsync(1, run.Cancel)).Count == 1);
    }

    public static async Task GrayAsync(RowRun run)
    {
        var alarms = new List<string>();
        void Listen(string text) => alarms.Add(text);
        run.Host.Happened += Listen;
        await run.TrafficAsync(2);
        var before = run.Traffic!.Acknowledged.Count;
        run.Host.Faults.Start(FaultKind.Find("pause-orders-database")!, run.From);
        run.Injected($"orders database of {run.From} frozen");
        await Task.Delay(1500, run.Cancel);
        before = run.Traffic.Acknowledged.Count;
        var alarmed = await run.UntilAsync(() => alarms.ToList().Any(a => a.StartsWith($"alarm peer-region-down in {run.To}", StringComparison.Ordinal) && a.EndsWith("ALARM", StringComparison.Ordinal)), 45);
        run.Prove("no order was acknowledged meanwhile, though the port accepts connections", run.Traffic.Acknowledged.Count <= before + 1 && await AcceptsAsync(run));
        run.Expect("the alarm of the shopping journey went off", alarmed);
        run.Host.Happened -= Listen;
        await run.FailOverAsync();
        var since = TimeProvider.System.GetUtcNow();
        run.Expect("orders are taken again", await run.UntilAsync(() => run.Traffic.Acknowledged.Any(a => a.At > since), 40));
        await run.StopTrafficAsync();
        run.Host.Heal();
        run.EndBands();
        await run.ReconciledAsync();
    }

    public static async Task CommitAnswerLostAsync(RowRun run)
    {
        var intent = run.Store.Catalog.Draw(run.Store.Random);
        await run.Store.PlaceAsync(1, run.Cancel, run.From);
        var line = run.Host.Aurora.Global("orders").WriterEndpoint(run.From);
        run.Injected("the answer to COMMIT is lost");
        var cut = CommitCut.NextAsync(run.Store.ServerOf("orders", run.From), line, TimeSpan.FromSeconds(20), run.Cancel);
        await Task.Delay(200, run.Cancel);
        var first = await run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel);
        run.Prove("the server committed and its answer was lost", await cut);
        run.EndBands();
        run.Say($"the client was answered {first.Status}");
        var again = await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(30), run.Cancel, run.From);
        run.Expect("the retry is answered with the same order", again is { IsOk: true } && again.OrderId == intent.Key);
        run.Expect("there is one", await CountAsync(run, intent) == 1);
    }

    public static async Task CutBeforeCommitAsync(RowRun run)
    {
        var intent = run.Store.Catalog.Draw(run.Store.Random);
        await run.Store.PlaceAsync(1, run.Cancel, run.From);
        await using var orders = run.Store.Orders(run.From);
        Task<Traffic.Answer> sending;
        await using (var holder = await orders.OpenAsync(run.Cancel))
        {
            await using var transaction = await holder.BeginTransactionAsync(run.Cancel);
            await new MySqlCommand("SELECT * FROM region_epoch ORDER BY epoch DESC LIMIT 1 FOR UPDATE", holder, transaction).ExecuteScalarAsync(run.Cancel);
            sending = run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel);
            var waits = await run.UntilAsync(async () => await orders.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'", run.Cancel) > 0, 10);
            run.Injected("the line is reset in the middle of the transaction");
            run.Host.Aurora.Global("orders").WriterEndpoint(run.From).ResetConnections();
            run.Prove("a transaction was under way", waits);
            await transaction.RollbackAsync(run.Cancel);
        }

        var answer = await sending;
        run.EndBands();
        run.Expect($"the client was not told yes ({answer.Status})", !answer.IsOk);
        run.Expect("nothing was kept", await CountAsync(run, intent) == 0);
        var again = await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(30), run.Cancel, run.From);
        run.Expect("the retry creates it", again is { IsOk: true } && await CountAsync(run, intent) == 1);
    }

    public static async Task VanishedAsync(RowRun run)
    {
        var placed = await run.Store.PlaceAsync(3, run.Cancel, run.From);
        await run.Store.QuietAsync(run.Cancel);
        await using var orders = run.Store.Orders(run.From);
        var ids = string.Join(',', placed.Skip(1).Select(k => $"'{k.Key:D}'"));
        await orders.ExecuteAsync($"DELETE FROM customer_order_item WHERE order_id IN ({ids})", run.Cancel);
        await orders.ExecuteAsync($"DELETE FROM outbox WHERE order_id IN ({ids})", run.Cancel);
        run.Injected("two acknowledged orders vanish");
        run.Prove("they are gone", await orders.ExecuteAsync($"DELETE FROM customer_order WHERE id IN ({ids})", run.Cancel) == 2);
        var history = run.Store.Log.All.Where(o => placed.Any(p => p.Key == o.Key)).ToList();
        var finals = new Finals { New = [.. (await orders.OrdersAsync(run.Cancel)).Where(o => placed.Any(p => p.Key == o.Id))], Outbox = await orders.OutboxAsync(run.Cancel) };
        var verdict = Checker.Check(history, finals).Single(j => j.Invariant == "I1");
        run.Expect("the checker finds I1 broken, and names both", verdict.Truth == Truth.Invalid && verdict.Keys.ToHashSet().SetEquals(placed.Skip(1).Select(p => p.Key)));
        run.Exclude(placed.Skip(1).Select(p => p.Key));
        run.EndBands();
    }

    public static async Task LockedAsync(RowRun run)
    {
        await using var orders = run.Store.Orders(run.From);
        await using var holder = await orders.OpenAsync(run.Cancel);
        await using var transaction = await holder.BeginTransactionAsync(run.Cancel);
        await new MySqlCommand("SELECT * FROM region_epoch ORDER BY epoch DESC LIMIT 1 FOR UPDATE", holder, transaction).ExecuteScalarAsync(run.Cancel);
        run.Injected("the row that every order reads is locked");
        var storm = run.Store.PlaceAsync(12, run.Cancel, run.From, atOnce: 12);
        var waits = await run.UntilAsync(async () => await orders.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'", run.Cancel) > 0, 10);
        run.Prove("orders waited for the lock", waits);
        await Task.Delay(6000, run.Cancel);
        await transaction.RollbackAsync(run.Cancel);
        run.EndBands();
        run.Expect("all 12 are placed in the end", (await storm).Count == 12);
    }

    public static async Task NoConnectionsAsync(RowRun run)
    {
        await using var orders = run.Store.Orders(run.From);
        // Kept from before: afterwards there is no connection left for this row either.
        await using var root = await orders.OpenAsync(run.Cancel);
        var held = new List<MySqlConnection>();
        var intent = run.Store.Catalog.Draw(run.Store.Random);
        var admin = new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1", Port = (uint)run.Store.ServerOf("orders", run.From).Port, UserID = Rehearsal.Aurora.Accounts.Admin, Password = run.Host.AdminPassword("orders"),
            Pooling = false, SslMode = MySqlSslMode.Required,
        };
        try
        {
            await new MySqlCommand("SET GLOBAL max_connections=10", root).ExecuteNonQueryAsync(run.Cancel);
            run.Injected("max_connections is 10 and all are taken");
            var isRefused = false;
            for (var i = 0; i < 30 && !isRefused; i++)
            {
                await KillOthersAsync(root, run);
                var connection = new MySqlConnection(admin.ConnectionString);
                try
                {
                    await connection.OpenAsync(run.Cancel);
                    held.Add(connection);
                }
                catch (MySqlException)
                {
                    await connection.DisposeAsync();
                    // Taken by these and by nobody of the store, who would go on with what they have.
                    isRefused = await new MySqlCommand("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'shop_orders'", root).ExecuteScalarAsync(run.Cancel) is 0L;
                }
            }

            run.Prove($"{held.Count} connections are held, another is refused", held.Count > 0 && isRefused);
            var answer = await run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel);
            run.Expect($"503 ({answer.Status}) with Retry-After ({answer.RetryAfter ?? "none"})", answer is { Status: 503, RetryAfter: not null });
            var kept = await new MySqlCommand($"SELECT COUNT(*) FROM customer_order WHERE id = '{intent.Key:D}'", root).ExecuteScalarAsync(run.Cancel);
            run.Expect("no partial order", kept is 0L);
        }
        finally
        {
            await new MySqlCommand("SET GLOBAL max_connections=151", root).ExecuteNonQueryAsync(CancellationToken.None);
            foreach (var connection in held)
            {
                await connection.DisposeAsync();
            }

            run.EndBands();
        }

        run.Expect("it recovers", await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(40), run.Cancel, run.From) is { IsOk: true });
    }

    public static async Task BrokenReplicationAsync(RowRun run)
    {
        var intent = run.Store.Catalog.Draw(run.Store.Random);
        var standby = run.Store.ServerOf("orders", run.To);
        await run.Host.CaughtUpAsync(NemesisStore.Patience, run.Cancel);
        await standby.ExecuteAsync($"SET sql_log_bin=0; INSERT INTO orders.outbox (event_id, order_id, type, occurred_on, body, sent_at) SELECT '{EventOf(intent.Key)}', '{intent.Key:D}', 'x', NOW(6), '', NOW(6)", run.Cancel);
        await standby.ExecuteAsync($"SET sql_log_bin=0; INSERT INTO orders.customer_order (id, customer_id, first_name, last_name, email, created_on, status, region, epoch, currency, subtotal, tax, shipping, total, content_hash) VALUES ('{intent.Key:D}', 'drift', '', '', '', NOW(6), 'x', '', 0, 'USD', 0, 0, 0, 0, '')", run.Cancel);
        run.Injected("the standby has a row that the primary is about to write");
        await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(30), run.Cancel, run.From);
        var broken = await run.UntilAsync(async () => (await standby.RowAsync("SHOW SLAVE STATUS", run.Cancel)).GetValueOrDefault("Slave_SQL_Running") == "No", 15);
        run.Prove("the standby has stopped applying", broken);
        var move = await run.EndedAsync(run.Store.StartMove(run.To, planned: true));
        run.Expect($"a planned move is refused ({move.Outcome.Error})", move.Status == ExecutionStatus.Failed && run.Host.ActiveRegion == run.From);
        await standby.ExecuteAsync($"SET sql_log_bin=0; DELETE FROM orders.outbox WHERE event_id = '{EventOf(intent.Key)}'; DELETE FROM orders.customer_order WHERE id = '{intent.Key:D}' AND customer_id = 'drift'; START SLAVE", run.Cancel);
        run.EndBands();
        await run.Host.CaughtUpAsync(NemesisStore.Patience, run.Cancel);
        run.Expect("after mending it follows again, and orders are taken", (await run.Store.PlaceAsync(1, run.Cancel)).Count == 1);
    }

    public static async Task SchemaDriftAsync(RowRun run)
    {
        var standby = run.Store.ServerOf("orders", run.To);
        await standby.ExecuteAsync("SET sql_log_bin=0; ALTER TABLE orders.customer_order ADD COLUMN drifted INT NULL", run.Cancel);
        run.Injected("the standby's orders have one column more");
        var check = await run.EndedAsync(run.Store.Start(run.To, "preflight", []));
        var output = NemesisStore.OutputOf(check)?.GetRawText() ?? "";
        run.Prove("the schemas differ", await standby.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema='orders' AND column_name='drifted'", run.Cancel) == 1);
        if (!output.Contains("noGo", StringComparison.Ordinal))
        {
            run.Deviates("the preflight does not look at schemas (it has no way into the databases); replication went on, and a reconciliation would list the drift in its evidence");
            run.Expect("replication goes on", (await run.Store.PlaceAsync(2, run.Cancel)).Count == 2);
            await run.Host.CaughtUpAsync(NemesisStore.Patience, run.Cancel);
        }

        await standby.ExecuteAsync("SET sql_log_bin=0; ALTER TABLE orders.customer_order DROP COLUMN drifted", run.Cancel);
        run.EndBands();
    }

    public static async Task<long> CountAsync(RowRun run, Traffic.Intent intent)
    {
        await using var orders = run.Store.Orders(run.Host.ActiveRegion);
        return await orders.ScalarAsync<long>($"SELECT COUNT(*) FROM customer_order WHERE id = '{intent.Key:D}' OR customer_id = '{intent.Customer}'", run.Cancel);
    }

    // Any id will do for a row that is only in the way by its order; the event id is made by the store and not known here.
    private static string EventOf(Guid key) => $"{key:D}"[..24] + "ffffffffffff";

    private static async Task KillOthersAsync(MySqlConnection connection, RowRun run)
    {
        var ids = new List<long>();
        await using (var reader = await new MySqlCommand("SELECT id FROM information_schema.processlist WHERE user = 'shop_orders'", connection).ExecuteReaderAsync(run.Cancel))
        {
            while (await reader.ReadAsync(run.Cancel))
            {
                ids.Add(reader.GetInt64(0));
            }
        }

        foreach (var id in ids)
        {
            try
            {
                await new MySqlCommand($"KILL {id}", connection).ExecuteNonQueryAsync(run.Cancel);
            }
            catch (MySqlException)
            {
                // It has ended by itself.
            }
        }
    }

    private static async Task<bool> AcceptsAsync(RowRun run)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", run.Store.ServerOf("orders", run.From).Port, run.Cancel);
        return client.Connected;
    }
}
