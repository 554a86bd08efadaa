using System.Data;
using MySqlConnector;

namespace Shop.Databases;

public static class DatabaseTransactions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Begins a READ COMMITTED transaction: it takes no gap locks, so that neither the relay nor a new epoch waits for orders, or orders for them.</summary>
    /// <remarks>The driver limits the time of commands but not of this: on a connection that went silent it would wait for as long as TCP does.</remarks>
    public static Task<MySqlTransaction> BeginAsync(this MySqlConnection connection, CancellationToken cancellationToken) =>
        connection.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);

    public static Task<MySqlTransaction> BeginAsync(this MySqlConnection connection, IsolationLevel isolation, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(isolation, cancellationToken).AsTask().WaitAsync(Limit, cancellationToken);
}
