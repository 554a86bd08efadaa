namespace Shop.Reconcile;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Help
{
    public const string Version = "shop-reconcile 1.0.0";

    public const string Overview = """
        shop-reconcile: compares two MySQL, MariaDB or Aurora MySQL databases, says what one of them lost, and puts it back.

        Usage: shop-reconcile COMMAND [OPTIONS]

          init      write a configuration from a database's own keys and foreign keys
          plan      look at both sides, list what the newest rows show, cut the work into pieces
          compare   plan if need be, compare, write the report; goes on where it was stopped
          report    write the report of a finished comparison again
          replay    insert what is missing; shows what it would do unless told to do it

        Try it:
          shop-reconcile init    --source mysql://root@old/shop > shop.json
          shop-reconcile compare --config shop.json --source mysql://root@old/shop --target mysql://root@new/shop --run run-1 \
            --failover-at 2026-11-23T12:00:00Z
          xdg-open run-1/*/report.html

        The source is the side that is believed: the old primary, or a copy of it. Both sides are only read, each piece of work in one consistent snapshot, by
        all commands but replay --execute.

        Exit code, a sum of: 1 error, 2 another process has the run, 4 stopped, 16 differences, 32 not all was compared, 64 a table was
        skipped, 128 conflicts in a replay, 8 a replay does not find on the source what it is to put back. 0: equal, and everything was compared.

        shop-reconcile COMMAND --help says more.
        """;

    private const string Connection = """
          --source URL          mysql://user:password@host:port/database: the side that is believed
          --target URL          the side that may have lost something
                                passwords may be left out: SHOP_RECONCILE_SOURCE_PASSWORD and SHOP_RECONCILE_TARGET_PASSWORD
          --tls MODE            none, preferred (default), required, verify-ca or verify-full
          --tls-ca FILE         certificate authorities to believe
        """;

    private const string Planning = $"""
        {Connection}
          --config FILE         what to compare; see shop-reconcile init and docs/reconcile-your-own-database.md
          --run FOLDER          where the run's files go
          --failover-at TIME    when the target was cut off from the source. Rows that were created on the target after it are new traffic and only
                                counted. Without it all that differs is listed, and nothing is said of what may have been lost or deleted
          --promoted-at TIME    when the target took writes; default: --failover-at
          --lag-ms NUMBER       how far the target was behind
          --window SECONDS      how far before the failover the first look goes; default 300
          --replicated-through TIME  how far replication had come; default: found in the data. Needed after a replay without a recoveredFrom column
          --time-zone ZONE      what the DATETIMEs of createdAt and updatedAt are in: +02:00, Europe/Vienna; default UTC. TIMESTAMPs need no zone
          --hash NAME           sha1 (default) or md5: 64 bits; crc32: less work, and two rows that exchange a value are missed once in 10,000
          --max-threads NUMBER  wait while the target runs more statements than this; default 25, 0: never
          --max-lag SECONDS     wait while the target is a replica further behind than this; default 0: never
        """;

    public static string Of(string command) => command switch
    {
        "init" => $"""
            shop-reconcile init --source URL [OPTIONS]

            Writes a configuration to standard output: an aggregate for each table that no other of its tables owns, with the tables whose foreign key
            is the beginning of their primary key as its children. Columns that look like versions, creation times, money or personal data are filled in by
            their names: read it before you use it.

              --tables a,b          only these, and their children
            {Connection}
            """,
        "plan" => $"""
            shop-reconcile plan --config FILE --source URL --target URL --run FOLDER [OPTIONS]

            Compares the window of newest rows (when the configuration names updatedAt) and prints what it shows; then cuts the keys into ranges.

            {Planning}
            """,
        "compare" => $"""
            shop-reconcile compare --run FOLDER [--config FILE --source URL --target URL] [OPTIONS]

            Three phases: the newest rows; key and version of all rows, greatest keys first; all columns of all rows. Each piece of work leaves a
            checkpoint: after a crash or Ctrl+C the same command goes on. Ends with the report.

            {Planning}
              --until PHASE         stop after window, versions or content (default); the report is then a lower bound
              --fresh               forget the run in this folder and begin anew
              --quiet               no progress
              --moved               a side of the run is in another place now
            """,
        "report" => """
            shop-reconcile report --run FOLDER

            Writes report.json, report.html, report.md, differences.ndjson and a CSV per class of each aggregate again, from the comparison's files. No
            database is needed.

              --run FOLDER          the run
              --until PHASE         versions or content: how far the comparison went; default: as far as it did
            """,
        "replay" => $"""
            shop-reconcile replay --run FOLDER [--execute --approved-by NAME] [OPTIONS]

            Inserts what the report lists as missing into the target: with its own keys, times and children, an aggregate a transaction. A row that is
            there with other content is a conflict and stays as it is. Without --execute it reads, and says what it would do. What is old enough to have
            been replicated may have been deleted on purpose since, and is left out.

              --run FOLDER          a finished run
              --aggregate NAME      only this one
              --include NAME        older-than-the-tail: put those back, too
              --execute             do it
              --approved-by NAME    who looked at the dry run; goes into replay.ndjson beside the report
              --batch NUMBER        aggregates between two pauses; default 100
              --pause SECONDS       default 0
              --moved               a side of the run is in another place now
            {Connection}
            """,
        _ => throw new UsageException($"There is no command '{command}'; shop-reconcile --help lists them."),
    };
}
