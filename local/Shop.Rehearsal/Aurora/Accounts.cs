using System.Security.Cryptography;
using Shop.Rehearsal.Engines;

namespace Shop.Rehearsal.Aurora;

/// <summary>A cluster's accounts, with passwords of this run.</summary>
public sealed class Accounts
{
    public const string Admin = "shop_admin";
    public const string Replication = "repl";

    // What Aurora's master user may do. Neither SUPER nor READ ONLY ADMIN: with either it could write to a reader.
    private const string AdminPrivileges =
        "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, "
        + "EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER";

    public string AdminPassword { get; private set; } = NewPassword();

    internal string ReplicationPassword { get; private init; } = NewPassword();

    internal Task CreateAsync(MariaDbServer writer, string database, CancellationToken cancellationToken) => writer.ExecuteAsync(
        $"""
        CREATE DATABASE `{database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
        CREATE USER '{Admin}'@'%' IDENTIFIED BY '{AdminPassword}';
        GRANT {AdminPrivileges} ON *.* TO '{Admin}'@'%' WITH GRANT OPTION;
        CREATE USER '{Replication}'@'%' IDENTIFIED BY '{ReplicationPassword}';
        GRANT REPLICATION SLAVE ON *.* TO '{Replication}'@'%';
        """, cancellationToken);

    internal static async Task SetAdminPasswordAsync(MariaDbServer server, string password, CancellationToken cancellationToken) =>
        await server.ExecuteAsync($"ALTER USER '{Admin}'@'%' IDENTIFIED BY '{Escape(password)}'", cancellationToken);

    /// <summary>What a restored copy has: the passwords of the moment, which then go their own way.</summary>
    internal Accounts Copy() => new() { AdminPassword = AdminPassword, ReplicationPassword = ReplicationPassword };

    internal void RememberAdminPassword(string password) => AdminPassword = password;

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
