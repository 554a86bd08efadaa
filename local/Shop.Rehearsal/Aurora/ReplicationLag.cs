namespace Shop.Rehearsal.Aurora;

/// <summary>How far the reader Region is behind, as last seen.</summary>
/// <param name="WriterPosition">GTID position of the writer; the last one known when it is gone.</param>
/// <param name="ReaderPosition">GTID position of the reader; the last one known.</param>
/// <param name="Transactions">How many committed transactions the reader lacks.</param>
/// <param name="Lag">How long the oldest of them has been waiting, within the sampling interval.</param>
/// <param name="WriterSeenAt">When the writer last answered.</param>
public sealed record ReplicationLag(string WriterPosition, string ReaderPosition, long Transactions, TimeSpan Lag, DateTimeOffset WriterSeenAt);
