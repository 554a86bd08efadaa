using System.Collections.Frozen;
using System.Data;
using System.Net.Sockets;
using MySqlConnector;
using Shop.Lambda;

namespace Shop.Databases;

/// <summary>Tells a database that can't serve now from a statement that is wrong.</summary>
/// <remarks>Numbers are those of the MySQL 8.0 error reference; MariaDB uses the same ones.</remarks>
public static class DatabaseFailures
{
    private static readonly FrozenSet<int> ReadOnly = new[]
    {
        1290, // the server is running with --read-only
        1792, // cannot execute statement in a READ ONLY transaction
        1836, // running in read-only mode
    }.ToFrozenSet();

    private static readonly FrozenSet<int> Unavailable = new[]
    {
        -1, // MySqlConnector: command timed out
        1021, 1026, 1114, // disk full, can't write a file, no room for the table
        1040, 1203, // too many connections, of all users or of this one
        1042, 1043, 1045, // can't connect, bad handshake, password refused
        1044, 1049, 1142, 1146, // the database, its tables or the user's rights are not there (yet)
        1053, // server shutdown in progress
        1152, 1158, 1159, 1160, 1161, 1184, // connection aborted, network errors
        1205, 1213, // lock wait timeout, deadlock: later it may work
        1317, 1927, // query or connection killed
    }.ToFrozenSet();

    /// <summary>The statement reached a server that is not the writer (any more) and was refused.</summary>
    public static bool IsNotTheWriter(this MySqlException e) => ReadOnly.Contains(e.Number);

    public static bool IsDuplicateKey(this MySqlException e) => e.ErrorCode == MySqlErrorCode.DuplicateKeyEntry;

    public static bool IsDeadlock(this MySqlException e) => e.ErrorCode == MySqlErrorCode.LockDeadlock;

    internal static bool IsAccessDenied(this MySqlException e) => e.ErrorCode == MySqlErrorCode.AccessDenied;

    /// <summary>The failure says nothing about the request: the server is away, refuses, or is busy.</summary>
    internal static bool MeansUnavailable(Exception e, MySqlConnection? connection = null) => e switch
    {
        OperationCanceledException or ShopException => false,
        MySqlException m when ReadOnly.Contains(m.Number) || Unavailable.Contains(m.Number) => true,
        SocketException or IOException or TimeoutException => true,
        { InnerException: SocketException or IOException } => true,
        MySqlException or InvalidOperationException => connection is { State: not ConnectionState.Open },
        _ => false,
    };
}
