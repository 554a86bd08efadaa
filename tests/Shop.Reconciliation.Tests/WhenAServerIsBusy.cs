using MySqlConnector;
using Shop.Lambda;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests;

public sealed class WhenAServerIsBusy(TwoPrimaries servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_wait_is_told_once_and_ends_before_the_deadline_with_an_error_of_its_own()
    {
        var told = new List<string>();
        await using var guard = await GuardAsync(new LoadLimits(MaxThreadsRunning: 1), told, TimeSpan.FromSeconds(3));
        var statements = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TwoPrimaries.ConnectAsync(servers.New, "mysql")));
        try
        {
            var busy = statements.Select(s => RunAsync(s, "SELECT SLEEP(20)")).ToList();

            var error = await Assert.ThrowsAsync<ShopException>(async () =>
            {
                while (true)
                {
                    // The statements may not have begun yet: a look may pass.
                    await guard.WaitAsync(Token);
                    await Task.Delay(50, Token);
                }
            });

            Assert.Equal("Shop.ServerBusy", error.ErrorName);
            Assert.Contains("statements are running, more than 1", Assert.Single(told), StringComparison.Ordinal);
            Assert.True(guard.Waited > TimeSpan.Zero);
        }
        finally
        {
            foreach (var statement in statements)
            {
                await servers.New.ExecuteAsync($"KILL {statement.ServerThread}", Token);
                await statement.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_replica_that_has_stopped_is_behind_by_nobody_knows_how_much()
    {
        var told = new List<string>();
        await servers.Old.ExecuteAsync("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_USER = 'nobody'", Token);
        try
        {
            await using var guard = new LoadGuard(
                await TwoPrimaries.Login.ConnectAsync(servers.Source("mysql"), Token), new LoadLimits(0, MaxLagSeconds: 5), TimeProvider.System)
            {
                Waiting = told.Add,
                Deadline = TimeProvider.System.GetUtcNow(),
            };

            await Assert.ThrowsAsync<ShopException>(() => guard.WaitAsync(Token));

            Assert.Contains("replication is stopped", Assert.Single(told), StringComparison.Ordinal);
        }
        finally
        {
            await servers.Old.ExecuteAsync("RESET SLAVE ALL", Token);
        }
    }

    [Fact]
    public async Task A_server_that_is_no_replica_is_not_behind()
    {
        var told = new List<string>();
        await using var guard = await GuardAsync(new LoadLimits(0, MaxLagSeconds: 5), told, TimeSpan.Zero);

        await guard.WaitAsync(Token);

        Assert.Empty(told);
    }

    private async Task<LoadGuard> GuardAsync(LoadLimits limits, List<string> told, TimeSpan deadline) =>
        await TwoPrimaries.Login.GuardAsync(servers.Target("mysql"), limits, told.Add, Token, TimeProvider.System.GetUtcNow() + deadline);

    private static async Task RunAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        try
        {
            await command.ExecuteNonQueryAsync(Token);
        }
        catch (MySqlException)
        {
            // Killed, as it was to be.
        }
    }
}
