namespace Shop.Rehearsal.Engines;

/// <summary>The whole configuration of a server: the machine's own is never read.</summary>
internal static class MariaDbConfig
{
    public const string Binlog = "binlog";

    public static string For(MariaDbOptions options, string dataDirectory, string temporary, string socket, int port, TlsCertificates tls) =>
        $"""
        [mariadbd]
        {User}
        port={port}
        socket={socket}
        datadir={dataDirectory}
        tmpdir={temporary}
        pid-file={dataDirectory}.pid
        server-id={options.ServerId}
        gtid-domain-id={options.GtidDomain}
        read-only={(options.ReadOnly ? 1 : 0)}
        ssl-ca={tls.Authority}
        ssl-cert={tls.Certificate}
        ssl-key={tls.Key}
        require-secure-transport={(options.RequireTls ? "ON" : "OFF")}
        {Shared}
        """;

    /// <summary>The server refuses to run as root unless told to; changing to another user would undo the guard.</summary>
    private static string User => Environment.UserName == "root" ? "user=root" : "";

    // Flushing at commit is left to the operating system: that survives a killed process, and only a power cut would show the difference.
    private const string Shared =
        $"""
        bind-address=127.0.0.1
        skip-name-resolve
        skip-slave-start
        performance-schema=OFF
        default-time-zone=+00:00
        innodb-buffer-pool-size=32M
        innodb-log-file-size=8M
        innodb-flush-log-at-trx-commit=2
        sync-binlog=0
        innodb-buffer-pool-dump-at-shutdown=OFF
        innodb-buffer-pool-load-at-startup=OFF
        innodb-use-native-aio=0
        innodb-read-io-threads=2
        innodb-write-io-threads=2
        key-buffer-size=1M
        aria-pagecache-buffer-size=2M
        max-connections=200
        table-open-cache=400
        table-definition-cache=400
        character-set-server=utf8mb4
        collation-server=utf8mb4_unicode_520_ci
        log-bin={Binlog}
        binlog-format=ROW
        log-slave-updates=ON
        gtid-strict-mode=ON
        relay-log=relay
        relay-log-recovery=ON
        slave-net-timeout=5
        max-binlog-size=64M
        """;
}
